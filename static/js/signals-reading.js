// Reading own words by keyboard: j k move, x tick, 1–9 lay, n new signal, g h mark, ? help. Without it all forms work.
const form = document.querySelector("[data-reading]");
const ticks = [...form.querySelectorAll("[data-word] input")];
const help = form.querySelector("[data-keys]");
const switchedOn = form.querySelector("[data-keys-on]");
const count = form.querySelector("[data-count]");
const find = form.querySelector("[data-find]");

const chosen = () => ticks.filter((tick) => tick.checked);
const here = () => ticks.find((tick) => tick === document.activeElement);
const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select");

function showCount() {
  const number = chosen().length;
  const words = number === 0 ? count.dataset.none : number === 1 ? count.dataset.one : count.dataset.many;
  count.textContent = words.replace("#", number);
}

function move(step) {
  const next = here() ? ticks.indexOf(here()) + step : 0;
  const tick = ticks[Math.max(0, Math.min(ticks.length - 1, next))];
  tick?.focus();
  tick?.closest("li").scrollIntoView({ block: "nearest" });
}

// A key about words is about the ticked ones, else about the one we are at.
function ensureChosen() {
  if (chosen().length === 0 && here()) here().checked = true;
  showCount();
}

function press(key) {
  const button = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button || button.closest("[hidden]")) return false;
  ensureChosen();
  button.click();
  return true;
}

function openNew() {
  ensureChosen();
  const fresh = form.querySelector("[data-new]");
  fresh.open = true;
  fresh.querySelector("input").focus();
}

const verbs = {
  j: () => move(1),
  k: () => move(-1),
  x: () => here()?.click(),
  n: openNew,
  "?": () => { help.open = !help.open; },
};

document.addEventListener("keydown", (event) => {
  if (!switchedOn.checked || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (verbs[event.key]) verbs[event.key]();
  else if (!/^[1-9gh]$/.test(event.key) || !press(event.key)) return;
  event.preventDefault();
});

form.addEventListener("change", showCount);
find?.addEventListener("input", () => {
  const wanted = find.value.toLowerCase().split(/\s+/);
  for (const row of form.querySelectorAll("[data-signal]")) {
    row.hidden = !wanted.every((word) => row.dataset.signal.includes(word));
  }
});
switchedOn.checked = localStorage.getItem("reading-keys") !== "off";
switchedOn.addEventListener("change", () => localStorage.setItem("reading-keys", switchedOn.checked ? "on" : "off"));
help.hidden = false;
showCount();
// After a verb we go on with the first words; later than the browser, which first jumps to the list.
if (location.hash === "#words") window.addEventListener("load", () => setTimeout(() => ticks[0]?.focus()));
