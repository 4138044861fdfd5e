/* A sound: one button plays it and stops it; only one is heard at a time. */
document.documentElement.classList.add("listens");

const soundOf = (button) => button.closest(".listen").querySelector("audio");

function say(audio) {
  const button = audio.closest(".listen")?.querySelector("[data-listen]");
  if (!button) return;
  const words = button.querySelector("span");
  button.dataset.listen ||= words.textContent;
  words.textContent = audio.paused ? button.dataset.listen : button.dataset.stop;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-listen]");
  if (!button) return;
  const audio = soundOf(button);
  if (audio.paused) {
    audio.currentTime = 0;
    audio.play().catch(() => say(audio)); // stopped before it began
  } else audio.pause();
});

for (const name of ["play", "pause", "ended"]) {
  document.addEventListener(name, ({ target }) => {
    if (name === "play") for (const other of document.querySelectorAll("audio")) if (other !== target) other.pause();
    say(target);
  }, true);
}
