/* Advice on the reason comes while it is written; without this, the button "Leest dit vlot?" asks for it. */
const form = document.querySelector("[data-check-at]");
const reason = form.querySelector("[name=reason]");
let pause;

reason.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(refresh, 600);
});

async function refresh() {
  const answer = await fetch(form.dataset.checkAt, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const advice = page.querySelector("[data-help]");
  if (advice) form.querySelector("[data-help]").replaceChildren(...advice.childNodes);
}
