/* While files are being drawn: looks again every few seconds, and shows how far it is, and the link once it is there. */
const SECONDS = 3;

async function look() {
  const here = document.querySelector("[data-making]");
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-making]");
    if (there && there.innerHTML !== here.innerHTML) {
      here.replaceChildren(...there.childNodes);
      here.dataset.making = there.dataset.making;
    }
  } catch {
    // no network now: the next look tells
  }
  if (here.dataset.making === "busy") setTimeout(look, SECONDS * 1000);
}

if (document.querySelector('[data-making="busy"]')) setTimeout(look, SECONDS * 1000);
