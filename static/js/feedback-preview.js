/* The preview follows while a message is written: the server shows it, as a child will see it. */
const form = document.querySelector("[data-preview-at]");
let pause;

form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(refresh, 400);
});

async function refresh() {
  const answer = await fetch(form.dataset.previewAt, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = page.querySelector("[data-preview]");
  if (shown) form.querySelector("[data-preview]").replaceWith(shown);
}
