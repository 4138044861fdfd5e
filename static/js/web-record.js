/* Recording: what was said into the microphone becomes the file of the form. With data-at-once the form is sent when
   the recording ends; elsewhere nothing is sent before somebody listened and says so. */
const FORMS = { "audio/mp4": "m4a", "audio/webm;codecs=opus": "webm", "audio/ogg;codecs=opus": "ogg" };
const LONGEST = 150_000; // milliseconds; with BITS a second it stays under 3 MB
const BITS = 64_000;

const form = window.MediaRecorder && Object.keys(FORMS).find((type) => MediaRecorder.isTypeSupported(type));
let recorder; // one at a time

if (form && navigator.mediaDevices) for (const box of document.querySelectorAll("[data-recorder]")) {
  box.hidden = false;
  box.querySelector("[data-start]").addEventListener("click", () => begin(box));
  box.querySelector("[data-end]").addEventListener("click", () => recorder.stop());
}

async function begin(box) {
  if (recorder?.state === "recording") return;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (trouble) {
    say(box, trouble.name === "NotFoundError" ? "missing" : "refused");
    return;
  }
  recorder = new MediaRecorder(stream, { mimeType: form, audioBitsPerSecond: BITS });
  const pieces = [];
  const limit = setTimeout(() => recorder.stop(), LONGEST);
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.addEventListener("stop", () => {
    clearTimeout(limit);
    for (const track of stream.getTracks()) track.stop();
    keep(box, new Blob(pieces, { type: form.split(";")[0] }));
  });
  recorder.start();
  recording(box, true);
  say(box, "recording");
}

function keep(box, sound) {
  const chosen = new DataTransfer();
  chosen.items.add(new File([sound], `${said(box).name}.${FORMS[form]}`, { type: sound.type }));
  const field = document.getElementById(box.dataset.recorder);
  field.files = chosen.files;
  field.dispatchEvent(new Event("change"));
  recording(box, false);
  if ("atOnce" in box.dataset) field.form.requestSubmit();
  else listen(box, sound);
}

function listen(box, sound) {
  const player = box.querySelector("audio");
  URL.revokeObjectURL(player.src);
  player.src = URL.createObjectURL(sound);
  player.hidden = false;
  say(box, "ready");
}

function recording(box, now) {
  const [start, end] = [box.querySelector("[data-start]"), box.querySelector("[data-end]")];
  [start.hidden, end.hidden] = [now, !now];
  (now ? end : start).focus();
}

/* What is said while recording stands on the box, or around all boxes of a page. */
const said = (box) => ({ ...box.closest("[data-recording]").dataset, ...box.dataset });

function say(box, what) {
  box.querySelector("[data-says]").textContent = said(box)[what];
}
