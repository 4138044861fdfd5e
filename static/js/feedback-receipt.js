/* The receipt page: makes the seventeen keys on the phone, so that the four words never travel (docs/protocol.md). */
const NAMES = ["response", ...Array.from({ length: 16 }, (_, place) => `said/${place}`)];
const utf8 = (text) => new TextEncoder().encode(text);
const form = () => document.querySelector("[data-receipt]");

/* As the server reads what is typed: small letters, single spaces, no accents. */
const plain = (typed) => typed.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[^\p{L}]+/gu, " ").trim();

async function stretch(secret, { salt, rounds }) {
  const bytes = Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16));
  const base = await crypto.subtle.importKey("raw", utf8(secret), "PBKDF2", false, ["deriveBits"]);
  const stretched = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes, iterations: Number(rounds) }, base, 256);
  const master = await crypto.subtle.importKey("raw", stretched, "HKDF", false, ["deriveBits"]);
  const hkdf = (name) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8(`dialogue/1/${name}`) });
  return Promise.all(NAMES.map((name) => crypto.subtle.deriveBits(hkdf(name), master, 256)));
}

/* Without a secure context the browser hides its own sums: the worker of the child's pages does them. */
function stretchInWorker(secret, { salt, rounds, stretch: address }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => { worker.terminate(); resolve(data.keys); };
    worker.onerror = () => { worker.terminate(); reject(new Error("no worker")); };
    worker.postMessage({ secret, salt, rounds: Number(rounds), names: NAMES });
  });
}

const base64url = (key) => btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

async function look() {
  const { elements: { words }, action, dataset } = form();
  const typed = words.value;
  const status = form().querySelector("[data-working]");
  status.textContent = status.dataset.working;
  try {
    const keys = await (crypto.subtle ? stretch : stretchInWorker)(plain(typed), dataset);
    const answer = await fetch(action, { method: "POST", body: new URLSearchParams({ keys: JSON.stringify(keys.map(base64url)) }) });
    show(await answer.text());
    if (form()) form().elements.words.value = typed;
    document.querySelector("main").focus();
  } catch {
    status.textContent = status.dataset.offline;
  }
}

/* The page that came back takes the place of this one, without a trace in the history. */
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  scrollTo(0, 0);
}

/* A scanned receipt stands behind the #: out of the address at once, then looked up. */
function scanned() {
  const words = location.hash.slice(1);
  if (!words || !form()) return;
  history.replaceState(null, "", location.pathname + location.search);
  try { form().elements.words.value = plain(decodeURIComponent(words)); } catch { return; }
  look();
}

/* A next step from an opened receipt: the page that comes back takes the place of this one again. */
async function step(mine, button) {
  const body = new URLSearchParams(new FormData(mine));
  if (button?.name) body.set(button.name, button.value);
  const [address, place] = (button?.formAction || mine.action).split("#");
  try {
    show(await (await fetch(address, { method: "POST", body })).text());
    (document.getElementById(place)?.querySelector("[aria-pressed=true]") ?? document.querySelector("main")).focus();
  } catch {
    mine.querySelector("[role=status]").textContent = mine.dataset.offline;
  }
}

/* Own words are looked at here, while they are typed; nothing of that leaves the phone. */
async function care({ target }) {
  const around = target.type === "textarea" && target.closest("[data-care]:not([data-watched])");
  if (!around) return;
  around.dataset.watched = "on";
  try {
    const { care: script, help } = around.dataset;
    const [{ watch }, rules] = await Promise.all([import(script), fetch(help, { credentials: "omit" }).then((answer) => answer.json())]);
    watch(target, rules, around.querySelector("template").content.cloneNode(true));
  } catch { delete around.dataset.watched; /* tried again when it is tapped again */ }
}

document.addEventListener("focusin", care);
document.addEventListener("submit", (event) => {
  const opened = event.target.closest("[data-mine]");
  if (event.target !== form() && !opened) return;
  event.preventDefault();
  opened ? step(opened, event.submitter) : look();
});
addEventListener("hashchange", scanned);
scanned();
