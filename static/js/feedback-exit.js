/* The way out: leaves at once and takes this page's place in the history. */
document.addEventListener("click", (event) => {
  const exit = event.target.closest("[data-exit]");
  if (!exit) return;
  event.preventDefault();
  location.replace(exit.href);
});
