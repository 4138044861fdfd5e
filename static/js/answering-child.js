/* The child's page: one question at a time; answers stay on this phone until we know that they arrived.
   One file, for it is one request: three are all there may be before the first answer. */
const find = (selector, root = document) => root.querySelector(selector);
const every = (selector, root = document) => [...root.querySelectorAll(selector)];
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
const form = find("form[data-instrument]");
const page = form?.dataset;
const texts = find("#texts")?.dataset;
const questions = every(".question");
const DAY = 86400000;
const tablet = find("#tablet")?.dataset; // children share it

/* What this phone keeps: a draft per address and questionnaire, and letters that have not arrived yet. */
const drafts = "dialogue/draft";
const draftKey = `${drafts}${location.pathname}/${page?.instrument}`;
const letterKeys = `dialogue/letter${location.pathname}/`;
const shelf = () => (tablet ? null : localStorage); // a shared tablet has none: all below fails, as where a phone forbids it
const memory = {
  read(key) { try { return JSON.parse(shelf().getItem(key)); } catch { return null; } },
  write(key, value) { try { shelf().setItem(key, JSON.stringify(value)); } catch { /* stays on this page only */ } },
  wipe(key) { try { shelf().removeItem(key); } catch { /* nothing was kept */ } },
  keys(start) { try { return Object.keys(shelf()).filter((key) => key.startsWith(start)); } catch { return []; } },
};

/* The receipt: four words chosen here; keys follow from them (docs/protocol.md), the words never leave the phone. */
const bytes = (text) => new TextEncoder().encode(text);
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const keyNames = () => ["response", ...every("[data-kind=own_words]").map((_, place) => `said/${place}`)];

async function wordList() {
  const answer = await fetch(page.words, { credentials: "omit" });
  const list = await answer.json();
  if (!answer.ok || list.length !== 2048) throw new Error("not the word list");
  return list;
}

async function fourWords() {
  const list = await wordList();
  return Array.from(crypto.getRandomValues(new Uint16Array(4)), (number) => list[number % list.length]);
}

/* The keys of the words and the echo that proves arrival; without a secure context a worker does the same sums. */
function stretch(words) {
  const task = { secret: words.join(" "), salt: page.salt, rounds: Number(page.rounds), names: keyNames() };
  return crypto.subtle ? stretchHere(task) : stretchInWorker(task);
}

async function stretchHere({ secret, salt, rounds, names }) {
  const base = await crypto.subtle.importKey("raw", bytes(secret), "PBKDF2", false, ["deriveBits"]);
  const pbkdf2 = { name: "PBKDF2", hash: "SHA-256", salt: fromHex(salt), iterations: rounds };
  const master = await crypto.subtle.importKey("raw", await crypto.subtle.deriveBits(pbkdf2, base, 256), "HKDF", false, ["deriveBits"]);
  const hkdf = (name) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: bytes(`dialogue/1/${name}`) });
  const keys = await Promise.all(names.map((name) => crypto.subtle.deriveBits(hkdf(name), master, 256)));
  const proof = new Uint8Array([...bytes("dialogue/1/echo\0"), ...new Uint8Array(keys[0])]);
  return { keys, echo: hex(await crypto.subtle.digest("SHA-256", proof)) };
}

function stretchInWorker(task) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(page.stretch);
    worker.onmessage = ({ data }) => { worker.terminate(); resolve({ keys: data.keys, echo: hex(data.echo) }); };
    worker.onerror = () => { worker.terminate(); reject(new Error("no worker")); };
    worker.postMessage(task);
  });
}

let receipt = null;
function newReceipt() {
  receipt ??= fourWords().then(async (words) => ({ words, ...(await stretch(words)) })).catch((error) => {
    receipt = null;
    throw error;
  });
  return receipt;
}

/* Letters: a finished sending stays in memory until the server has echoed its key. */
const working = new Map();
function receiptOf(key, letter) {
  if (!working.has(key)) {
    const made = letter.receipt ? stretch(letter.receipt).then((keys) => ({ words: letter.receipt, ...keys })) : newReceipt();
    receipt = null; // the next letter gets other words
    working.set(key, made.catch((error) => { working.delete(key); throw error; }));
  }
  return working.get(key);
}

async function post(key, letter) {
  const { words, keys, echo } = await receiptOf(key, letter);
  memory.write(key, Object.assign(letter, { receipt: words }));
  const said = Object.entries(letter.words).map(([item, { text, place }]) => [item, { text, key: base64url(keys[place + 1]) }]);
  const body = { protocol: 1, instrument: letter.instrument, key: base64url(keys[0]), answers: letter.answers, words: Object.fromEntries(said) };
  if (tablet && crypto.subtle) return (await import(tablet.queue)).hand(body, echo); // sealed before it goes anywhere
  const answer = await fetch(location.pathname, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    credentials: "omit", cache: "no-store", redirect: "error", signal: AbortSignal.timeout?.(20000),
  });
  const told = await answer.json();
  if (answer.ok) return told.saved === echo ? { state: "saved", help: told.help } : { state: "later" };
  const final = answer.status >= 400 && answer.status < 500 && answer.status !== 429 && told.code;
  return final ? { state: told.code === "conflict" ? "conflict" : "refused", reason: told.error } : { state: "later" };
}

/* One tab at a time sends a letter; another that found it too waits, and then looks whether it is still there. */
async function deliver(key, letter, seen, found = false) {
  const { locks } = navigator;
  if (!locks) return trySending(key, letter, seen);
  if (found && (await locks.query()).held.some(({ name }) => name === key)) seen({ state: "later" });
  return locks.request(key, () => {
    const kept = found ? memory.read(key) : letter;
    return kept ? trySending(key, kept, seen) : seen({ state: "gone" });
  });
}

async function trySending(key, letter, seen) {
  for (let tries = 0; ; tries += 1) {
    const outcome = await post(key, letter).catch(() => ({ state: "later" }));
    if (["saved", "refused", "kept"].includes(outcome.state)) {
      memory.wipe(key);
      return seen(outcome, letter);
    }
    if (outcome.state === "conflict") {
      working.delete(key);
      letter.receipt = null;
    } else seen(outcome);
    await nextChance(tries);
  }
}

function nextChance(tries) {
  const pause = Math.min(60, 2 ** tries) * 1000 * (0.5 + Math.random());
  return new Promise((resolve) => {
    const now = new AbortController();
    const go = () => { now.abort(); clearTimeout(timer); resolve(); };
    const timer = setTimeout(go, pause);
    window.addEventListener("online", go, { signal: now.signal });
    document.addEventListener("visibilitychange", () => document.hidden || go(), { signal: now.signal });
    find("[data-again]").addEventListener("click", go, { signal: now.signal });
  });
}

/* Views: the questions, or one of the sections that stand ready in the page. */
const views = every(".view");
function view(name) {
  silence();
  form.hidden = name !== "questions";
  for (const section of views) section.hidden = section.id !== name;
  find(".progress").hidden = !(name === "questions" || name === "review");
  find("[data-place]").textContent = name === "questions" ? find("legend .sr", questions[at]).textContent : ""; // heard
  find("[data-saved]").hidden = name !== "receipt";
  find("header [data-back]").disabled = !(name === "review" || (name === "questions" && at > 0));
  if (name !== "questions") {
    const section = find(`#${name}`);
    window.scrollTo(0, 0);
    find("h2", section).focus();
    if (sound) readAloud(section);
  }
}

let at = 0;
let shown = ""; // the key of the letter that the child waits for
function show(number, focus = true) {
  at = number;
  questions.forEach((question, place) => question.classList.toggle("now", place === at));
  every(".progress li").forEach((mark, place) => { mark.className = place < at ? "done" : place === at ? "now" : ""; });
  view("questions");
  if (!focus) return;
  window.scrollTo(0, 0);
  find("legend", questions[at]).focus();
  if (sound) readAloud(questions[at]);
}

/* Ticked cards are kept in the order in which they were tapped; their codes are joined by a plus. */
const picked = (question) => every("input:checked", question).sort((one, other) => one.dataset.turn - other.dataset.turn);
const chosen = (question) => picked(question).map((field) => field.value).join("+") || (find("textarea", question)?.value.trim() ?? "");

function fill(question, value = "") {
  for (const field of every("input, textarea", question)) {
    field.checked = false;
    if (field.type === "textarea") field.value = value;
  }
  for (const code of value.split("+")) {
    const field = code && every("input", question).find((one) => one.value === code);
    if (field) field.checked = true;
    if (field) settle(field);
  }
  settle(find("input", question));
}

/* Where more cards may be ticked: "I don't know" stands alone, cards get their turn, and what is too much waits. */
let turn = 0;
function settle(field) {
  const box = field?.closest("[data-most]");
  if (!box) return;
  turn += 1;
  if (field.checked) {
    field.dataset.turn = turn;
    for (const other of picked(box)) other.checked &&= other === field || (field.value !== "?" && other.value !== "?");
  }
  const cards = picked(box);
  const full = cards.length >= box.dataset.most;
  for (const card of every("input", box)) {
    const place = cards.indexOf(card) + 1;
    card.nextElementSibling.dataset.place = place || "";
    card.disabled = full && !place && card.value !== "?";
  }
}

function keep() {
  const answers = Object.fromEntries(questions.map((question) => [question.dataset.item, chosen(question)]));
  memory.write(draftKey, { at, since: Date.now(), answers });
}

function next() {
  if (at + 1 < questions.length) show(at + 1);
  else review();
  keep();
}

function review() {
  const list = find("[data-answers]");
  list?.replaceChildren(...questions.map((question, place) => {
    const row = Object.assign(document.createElement("li"), { className: "card" });
    const words = document.createElement("span");
    const answer = Object.assign(document.createElement("b"), { textContent: inWords(question) });
    words.append(find("h2", question).textContent, answer);
    const change = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: texts.change });
    change.setAttribute("aria-label", `${texts.change}: ${find("h2", question).textContent}`);
    change.addEventListener("click", () => show(place));
    row.append(words, change);
    return row;
  }));
  view("review");
}

function inWords(question) {
  const words = picked(question).map((field) => find(`label[for="${field.id}"] .say`).textContent);
  return words.join(", ") || chosen(question) || texts.skipped;
}

/* Sending. */
function gather() {
  const letter = { instrument: page.instrument, answers: {}, words: {}, receipt: null };
  const open = every("[data-kind=own_words]");
  for (const question of questions) {
    const { item } = question.dataset;
    const value = chosen(question);
    if (!value) continue;
    if (open.includes(question)) letter.words[item] = { text: value, place: open.indexOf(question) };
    else letter.answers[item] = value;
  }
  return letter;
}

function send() {
  const letter = gather();
  const key = `${letterKeys}${hex(crypto.getRandomValues(new Uint8Array(8)))}`;
  memory.write(key, letter);
  memory.wipe(draftKey);
  view("sending");
  watch(key, letter);
}

function watch(key, letter, found) {
  shown = key;
  deliver(key, letter, (outcome, sent) => shown === key && report(outcome, sent), found);
}

function report({ state, help, reason }, letter) {
  if (state === "later") return wait();
  if (state === "gone") return show(at, false);
  if (state === "refused") {
    find("[data-reason]").textContent = reason ?? "";
    return view("refused");
  }
  find("[data-worry]").hidden = !(help ?? find("form [role=status]:not([hidden]) .notice")); // kept here: what this phone saw
  document.body.classList.toggle("kept", state === "kept"); // on a shared tablet, sealed
  every("#receipt .words li").forEach((card, place) => { card.textContent = letter.receipt[place]; });
  leaveNoTrace();
  view("receipt");
  return drawReceipt(letter.receipt);
}

/* What is said to be kept is kept: a phone may refuse it, or throw it away later. */
function wait() {
  const kept = Boolean(memory.read(shown));
  find("[data-kept]").hidden = !kept;
  find("[data-unkept]").hidden = kept;
  if (find("#waiting").hidden) view("waiting");
}

async function drawReceipt(words, tries = 0) {
  try {
    const { draw } = await import(tries ? `${page.receipt}&again=${tries}` : page.receipt);
    draw(find("#receipt"), words);
  } catch {
    await nextChance(tries);
    await drawReceipt(words, tries + 1);
  }
}

/* After sending, Back and a new tab show nothing of this child. */
function leaveNoTrace() {
  questions.forEach((question) => fill(question));
  window.addEventListener("pagehide", () => { document.body.hidden = true; });
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}

/* Reading aloud: what somebody recorded, else a voice that lives on the device, each text in its own language. */
let sound = false;
let reading = 0; // what is read now; a newer one silences it
const player = new Audio(); // one for all: a phone lets only what was tapped go on by itself
const recorded = (words) => words.closest("legend, .help, .option")?.querySelector("audio")?.src;
const voices = () => window.speechSynthesis?.getVoices() ?? [];
const voiceFor = (words) => voices().find((one) => one.localService && one.lang.toLowerCase().startsWith(words.closest("[lang]").lang));
const canBeHeard = (words) => Boolean(recorded(words) || voiceFor(words));

function silence() {
  reading += 1;
  player.pause();
  window.speechSynthesis?.cancel();
}

async function say(...parts) {
  silence();
  const mine = reading;
  let spoken;
  for (const words of parts) {
    const address = recorded(words);
    if (address && spoken) await spoken;
    if (mine !== reading) return;
    const heard = address && await play(address);
    if (mine !== reading) return;
    const voice = !heard && voiceFor(words);
    if (voice) spoken = speak(words.innerText, voice);
  }
}

function play(address) {
  return new Promise((resolve) => {
    Object.assign(player, { src: address, onended: () => resolve(true), onerror: () => resolve(false) });
    player.play().catch(() => resolve(false));
  });
}

function speak(text, voice) {
  return new Promise((resolve) => {
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.9, onend: resolve, onerror: resolve }));
  });
}

/* The youngest hear all that is to be read, and what comes next is fetched meanwhile; others hear what is asked. */
function readAloud(part) {
  const young = document.body.classList.contains("band-a");
  const shown = every(".say", part).filter((one) => one.getClientRects().length && canBeHeard(one));
  const words = young ? shown : shown.filter((one) => !one.closest(".option"));
  if (words.length) say(...words);
  if (young) for (const { src } of every("audio", part.nextElementSibling ?? part)) fetch(src, { credentials: "omit" }).catch(() => { /* fetched when it is played */ });
}

/* A loudspeaker beside each text that can be heard; once more when the voices of the device are known. */
function speakers() {
  for (const question of questions) for (const box of every("legend, .help, .option:not(.nojs)", question)) {
    const words = find(".say", box);
    if (!words || find(".speak", box) || !canBeHeard(words)) continue;
    question.classList.add("speaks");
    box.classList.add("speaks");
    const field = find("input", box);
    const button = speaker(words, box.matches("legend") ? () => { sound = true; readAloud(question); } : () => say(words));
    if (field?.type === "radio") button.tabIndex = -1; // one stop for the whole group: the arrow keys say each answer
    box.append(button);
    field?.addEventListener("click", () => sound && say(words)); // once more when it is tapped again
  }
}

function speaker(words, press) {
  const button = find("#speaker").content.firstElementChild.cloneNode(true);
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${words.textContent}`);
  button.addEventListener("click", press);
  return button;
}

function beginAnew() {
  shown = "";
  memory.wipe(draftKey);
  questions.forEach((question) => fill(question));
  show(0);
  form.addEventListener("input", makeReceipt, { once: true }); // another letter, other words
}

/* The first answer starts what may take time: the fonts, the four words and their keys, the pictures to come. */
function prepare() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: page.fonts }));
  for (const later of every("main noscript")) {
    const picture = new DOMParser().parseFromString(later.textContent, "text/html").images[0];
    picture.loading = "eager";
    later.replaceWith(picture);
  }
  makeReceipt();
  whenIdle(() => import(page.receipt).catch(() => { /* tried again at the receipt */ }));
}

function makeReceipt() {
  whenIdle(() => newReceipt().catch(() => { /* tried again when sending */ }));
}

/* The way out: Back does not lead here again. A draft stays on a child's own phone; a shared tablet has none. */
function leave(event) {
  event.preventDefault();
  document.body.hidden = true;
  location.replace(event.currentTarget.href);
}

function on(selector, work) {
  for (const element of every(selector)) element.addEventListener("click", work);
}

function resume(draft) {
  for (const question of questions) fill(question, draft.answers[question.dataset.item]);
  prepare();
  show(Math.min(draft.at, questions.length - 1));
}

/* Own words are looked at here, while they are typed; nothing of that leaves the phone. */
async function care({ target }) {
  if (target.type !== "textarea" || target.dataset.care) return;
  target.dataset.care = "on";
  try {
    const [{ watch }, rules] = await Promise.all([import(page.care), fetch(page.help, { credentials: "omit" }).then((answer) => answer.json())]);
    watch(target, rules, find("#care").content.cloneNode(true));
  } catch { delete target.dataset.care; /* tried again when it is tapped again */ }
}

function begin() {
  document.documentElement.classList.add("js");
  form.classList.add("on");
  for (const question of questions) fill(question, chosen(question));
  form.addEventListener("submit", (event) => { event.preventDefault(); next(); });
  form.addEventListener("input", prepare, { once: true });
  form.addEventListener("input", ({ target }) => settle(target));
  form.addEventListener("input", keep);
  form.addEventListener("focusin", care);
  form.addEventListener("input", ({ target }) => {
    if (target.maxLength > 0) find(".left", target.parentElement).textContent = texts.left.replace("{n}", target.maxLength - target.value.length);
  });
  on("[data-skip]", () => { fill(questions[at]); next(); });
  on("[data-back]", () => (form.hidden ? show(at) : show(Math.max(0, at - 1))));
  on("[data-send]", send);
  on("[data-anew]", beginAnew);
  if (["band-a", "band-b"].includes(document.body.className)) {
    speakers();
    window.speechSynthesis?.addEventListener?.("voiceschanged", speakers);
    find("[data-still-there]")?.addEventListener("asked", ({ target }) => sound && readAloud(target));
  }
  open();
}

/* A letter that waits goes first; then a draft of today, if it is this child's; else the first question. */
function open() {
  for (const key of memory.keys(drafts)) if (!(Date.now() - memory.read(key)?.since < DAY)) memory.wipe(key); // of older questions too
  const waiting = memory.keys(letterKeys);
  const draft = memory.read(draftKey);
  const fresh = draft && Object.values(draft.answers).some(Boolean);
  show(0, false);
  if (fresh) {
    view("resume");
    on("[data-resume]", () => resume(draft));
  }
  waiting.forEach((key, place) => {
    const letter = memory.read(key);
    if (!letter) return memory.wipe(key);
    if (place || fresh) return deliver(key, letter, () => {}, true);
    view("sending");
    return watch(key, letter, true);
  });
}

on("[data-exit]", leave);
if (form) begin();
