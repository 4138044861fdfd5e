/* A tablet that children share: each begins with an empty screen, and whoever walks away leaves nothing behind. */
const find = (selector) => document.querySelector(selector);
const every = (selector) => [...document.querySelectorAll(selector)];
const tablet = find("#tablet").dataset;
const queue = import(tablet.queue);
const isStart = location.pathname === tablet.start;
const QUIET = 60000; // milliseconds without a touch, after which the screen is wiped
const WARNING = 10000; // of which so long it asks whether the child is there
const AGAIN = 30000; // between two attempts to send what waits
const NEW_QUESTIONS = 600000; // after which the beginning looks what is asked now

/* To the beginning; the page that is left stands in no history. */
function beginAnew() {
  document.body.hidden = true;
  location.replace(tablet.start);
}

/* Is the child still there? Not asked while its answers are on their way. */
const question = find("[data-still-there]");
let touched = Date.now();
const isSending = () => ["sending", "waiting"].some((id) => document.getElementById(id)?.hidden === false);

function touch() {
  touched = Date.now();
  if (question.open) question.close();
}

function look() {
  if (isSending()) touch();
  const left = QUIET - (Date.now() - touched);
  if (left <= 0) return beginAnew();
  find("[data-seconds]").textContent = Math.ceil(left / 1000);
  if (left > WARNING || question.open) return;
  question.showModal();
  question.dispatchEvent(new Event("asked"));
}

function watch() {
  for (const sign of ["pointerdown", "click", "keydown", "input", "scroll"]) document.addEventListener(sign, touch, { capture: true, passive: true });
  setInterval(look, 1000);
}

/* What waits on this tablet: sent when there is a connection, and told as a number. */
async function tell() {
  const shown = find("[data-waiting]");
  if (!shown) return;
  const { waiting, late } = await (await queue).count();
  shown.textContent = waiting;
  shown.closest(".card").hidden = false;
  find("[data-late]").hidden = !late;
  find("[data-late-count]").textContent = late;
}

async function deliver() {
  if (!crypto.subtle) return; // without https nothing is kept: a letter stays on its page until it is sent
  const { sendAll } = await queue;
  await navigator.locks.request("dialogue-tablet", sendAll).catch(() => { /* tried again */ });
  await tell().catch(() => { /* this tablet keeps nothing: there is nothing to tell */ });
}

/* The pages that must open without a connection; what is not asked any more goes. */
async function keepPages() {
  const wanted = find("#keep").dataset.addresses.split(" ").map((address) => new URL(address, location.href).href);
  const cache = await caches.open("dialogue-tablet");
  for (const kept of await cache.keys()) if (!wanted.includes(kept.url)) await cache.delete(kept);
  await Promise.all(wanted.map(async (address) => {
    if (/\?v=|\/sounds\//.test(address) && await cache.match(address)) return; // never another content
    const answer = await fetch(address, { cache: "no-cache" });
    if (answer.ok) await cache.put(address, answer);
  }));
}

async function prepare() {
  navigator.storage?.persist?.();
  await navigator.serviceWorker?.register(tablet.worker, { scope: "/t/" });
  await keepPages();
  document.documentElement.dataset.ready = "";
}

for (const link of every("[data-begin-anew], .ages a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(event.currentTarget.href);
  });
}
find("[data-wipe-late]")?.addEventListener("click", async () => { await (await queue).wipeLate(); await tell(); });
window.addEventListener("pageshow", ({ persisted }) => persisted && beginAnew());
window.addEventListener("online", deliver);
setInterval(deliver, AGAIN);
deliver();
if (isStart) prepare().catch(() => { /* no connection: what was kept before opens */ });
if (isStart && !location.search) setTimeout(beginAnew, NEW_QUESTIONS);
else watch();
