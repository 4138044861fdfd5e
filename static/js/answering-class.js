/* The class screen: the count comes anew every fifteen seconds, and the link can be copied. */
import "./answering-child.js";

const count = document.querySelector("[data-count]");
const copy = document.querySelector("[data-copy]");

async function recount() {
  if (document.hidden) return;
  try {
    const answer = await fetch(count.dataset.count, { credentials: "omit" });
    const { counted } = await answer.json();
    if (answer.ok && counted !== count.textContent) count.textContent = counted;
  } catch { /* the old count stays */ }
}

async function copyLink() {
  const field = document.getElementById(copy.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // a page without https
  }
  copy.textContent = copy.dataset.done;
}

setInterval(recount, 15000);
copy.hidden = false;
copy.addEventListener("click", copyLink);
