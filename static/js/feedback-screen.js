/* The class screen: one slide at a time, by buttons or arrow keys. Without this all stand below each other. */
const slides = [...document.querySelectorAll("[data-slide]")];
const steer = document.querySelector("[data-steer]");
const at = steer.querySelector("[data-at]");
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
let shown = 0;

function show(number) {
  shown = Math.max(0, Math.min(slides.length - 1, number));
  for (const [place, slide] of slides.entries()) slide.hidden = place !== shown;
  for (const audio of document.querySelectorAll("audio")) audio.pause();
  const [back, on] = steer.querySelectorAll("[data-step]");
  [back.disabled, on.disabled] = [shown === 0, shown === slides.length - 1];
  at.textContent = at.dataset.at.replace("#", shown + 1);
}

function step(by) {
  show(shown + by);
  slides[shown].focus();
  scrollTo(0, 0);
}

steer.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
});
addEventListener("keydown", (event) => {
  const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!(event.key in KEYS) || modified || event.target.closest("audio")) return;
  event.preventDefault();
  step(KEYS[event.key]);
});
steer.hidden = false;
document.documentElement.classList.add("slides");
show(0);
