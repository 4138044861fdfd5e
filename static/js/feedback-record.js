/* Recording a message: what was said into the microphone becomes the file of the form; nothing is sent before that. */
const FORMS = { "audio/mp4": "m4a", "audio/webm;codecs=opus": "webm", "audio/ogg;codecs=opus": "ogg" };
const LONGEST = 150_000; // milliseconds; with BITS a second it stays under 3 MB
const BITS = 64_000;

const box = document.querySelector("[data-recorder]");
const form = box && window.MediaRecorder && Object.keys(FORMS).find((type) => MediaRecorder.isTypeSupported(type));
let recorder, limit;

if (form && navigator.mediaDevices) {
  box.hidden = false;
  box.querySelector("[data-start]").addEventListener("click", begin);
  box.querySelector("[data-end]").addEventListener("click", () => recorder.stop());
}

async function begin() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (trouble) {
    say(trouble.name === "NotFoundError" ? "missing" : "refused");
    return;
  }
  const pieces = [];
  recorder = new MediaRecorder(stream, { mimeType: form, audioBitsPerSecond: BITS });
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.addEventListener("stop", () => {
    clearTimeout(limit);
    for (const track of stream.getTracks()) track.stop();
    keep(new Blob(pieces, { type: form.split(";")[0] }));
  });
  recorder.start();
  limit = setTimeout(() => recorder.stop(), LONGEST);
  recording(true);
  say("recording");
}

function keep(sound) {
  const chosen = new DataTransfer();
  chosen.items.add(new File([sound], `${box.dataset.name}.${FORMS[form]}`, { type: sound.type }));
  const field = document.getElementById(box.dataset.recorder);
  field.files = chosen.files;
  field.dispatchEvent(new Event("change"));
  const player = box.querySelector("audio");
  URL.revokeObjectURL(player.src);
  player.src = URL.createObjectURL(sound);
  player.hidden = false;
  recording(false);
  say("ready");
}

function recording(now) {
  const [start, end] = [box.querySelector("[data-start]"), box.querySelector("[data-end]")];
  [start.hidden, end.hidden] = [now, !now];
  (now ? end : start).focus();
}

function say(what) {
  box.querySelector("[data-says]").textContent = box.dataset[what];
}
