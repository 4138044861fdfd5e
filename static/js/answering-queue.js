/* Letters of a shared tablet: sealed before anything else, and kept here until the server has echoed their key.
   Whoever has the tablet can read nothing of them, nor tell in what order they came (docs/protocol.md). */
const { code, letters, key } = document.getElementById("tablet").dataset;
const STEP = 1024; // bytes: sealed letters tell little by their length
const bytes = (text) => new TextEncoder().encode(text);
const fromBase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const consultation = location.pathname.split("/")[3];

/* Seal a sending for this installation: a point of P-256 that is used once, and what AES-GCM makes with their secret. */
export async function seal(sending) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const [own, theirs] = [await crypto.subtle.generateKey(curve, false, ["deriveBits"]), fromBase64url(key)];
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const open = await crypto.subtle.importKey("raw", theirs, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: open }, own.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array([...point, ...theirs]), info: bytes("dialogue/1/tablet") };
  const once = await crypto.subtle.deriveKey(hkdf, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const text = bytes(JSON.stringify({ consultation, sending }));
  const filled = new Uint8Array(Math.ceil(text.length / STEP) * STEP).fill(32);
  filled.set(text);
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: bytes(code) }, once, filled);
  return new Uint8Array([...point, ...new Uint8Array(closed)]);
}

/* The shelf: sealed letters under random names, so that they lie in no order. */
function shelf() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("dialogue-tablet", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("letters");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function change(work) {
  const database = await shelf();
  try {
    await new Promise((resolve, reject) => {
      const turn = database.transaction("letters", "readwrite", { durability: "strict" });
      turn.oncomplete = resolve;
      turn.onabort = turn.onerror = () => reject(turn.error);
      work(turn.objectStore("letters"));
    });
  } finally {
    database.close();
  }
}

async function all() {
  const database = await shelf();
  try {
    const store = database.transaction("letters").objectStore("letters");
    const [names, found] = await Promise.all([store.getAllKeys(), store.getAll()].map((asked) => new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    })));
    return names.map((name, place) => [name, found[place]]);
  } finally {
    database.close();
  }
}

const wipe = (name) => change((store) => store.delete(name));

/* What became of one letter: saved (echoed), refused for good, or to be sent again later. */
async function send({ sealed, echo }) {
  const answer = await fetch(letters, {
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: sealed,
    credentials: "omit", cache: "no-store", redirect: "error", signal: AbortSignal.timeout?.(20000),
  });
  const told = await answer.json();
  if (answer.ok) return told.saved === echo ? { state: "saved", help: told.help } : { state: "later" };
  const final = answer.status >= 400 && answer.status < 500 && answer.status !== 429 && told.code;
  return final ? { state: told.code === "conflict" ? "conflict" : "refused", reason: told.error } : { state: "later" };
}

const attempt = (letter) => send(letter).catch(() => ({ state: "later" }));

/* Take a finished sending from the child: on the shelf first, then one attempt. `kept`: it waits here; `later`: it
   does not, for this tablet keeps nothing, and its page must try again. */
export async function hand(sending, echo) {
  const name = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const letter = { sealed: await seal(sending), echo };
  const kept = await change((store) => store.put(letter, name)).then(() => true, () => false);
  const outcome = await attempt(letter);
  if (outcome.state === "later") return kept ? { state: "kept" } : outcome;
  if (kept) await wipe(name).catch(() => { /* it was thrown away already */ });
  return outcome;
}

/* Send all that wait. What came too late stays too, marked, until somebody wipes it: nothing goes unseen. */
export async function sendAll() {
  for (const [name, letter] of await all()) {
    if (letter.late) continue;
    const { state } = await attempt(letter);
    if (state === "saved") await wipe(name);
    else if (state !== "later") await change((store) => store.put({ ...letter, late: true }, name));
  }
}

/* How many wait, and how many came too late. */
export async function count() {
  const found = (await all()).map(([, letter]) => Boolean(letter.late));
  const late = found.filter(Boolean).length;
  return { waiting: found.length - late, late };
}

/* Wipe those that came too late. */
export async function wipeLate() {
  for (const [name, letter] of await all()) if (letter.late) await wipe(name);
}
