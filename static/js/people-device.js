// The name of a device is asked only once its box is ticked.
for (const part of document.querySelectorAll("[data-with]")) {
  const box = document.getElementById(part.dataset.with);
  const show = () => (part.hidden = !box.checked);
  box.addEventListener("change", show);
  show();
}
