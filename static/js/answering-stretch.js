/* The sums of the receipt for a page without a secure context: SHA-256, HMAC, PBKDF2 and HKDF in a worker, so that
   nothing blocks (FIPS 180-4, RFC 2104, RFC 8018, RFC 5869). Holds tests against hashlib. */
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const K = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const w = new Int32Array(64);

/* One block of sixteen words (in `w`) into `state`. */
function compress(state) {
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

const toBytes = (state) => {
  const view = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => view.setInt32(4 * i, word));
  return new Uint8Array(view.buffer);
};
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/* SHA-256 of `data`, going on from `state` after `before` bytes. */
function sha256(data, state = START, before = 0) {
  const now = Int32Array.from(state);
  const length = Math.ceil((data.length + 9) / 64) * 64;
  const view = new DataView(new ArrayBuffer(length));
  new Uint8Array(view.buffer).set(data);
  view.setUint8(data.length, 0x80);
  view.setUint32(length - 4, (before + data.length) * 8);
  for (let block = 0; block < length; block += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(block + 4 * i);
    compress(now);
  }
  return toBytes(now);
}

/* The two states of HMAC after the padded key: reused for every round. */
function hmacStates(key) {
  const padded = new Uint8Array(64);
  padded.set(key.length > 64 ? sha256(key) : key);
  return [0x36, 0x5c].map((pad) => {
    const state = Int32Array.from(START);
    const view = new DataView(padded.map((byte) => byte ^ pad).buffer);
    for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(4 * i);
    compress(state);
    return state;
  });
}

const hmacWith = ([inner, outer], data) => sha256(sha256(data, inner, 64), outer, 64);
const hmac = (key, data) => hmacWith(hmacStates(key), data);

/* `words` (eight) hashed on from `state`, as the second block of an HMAC; into `out`. */
function second(state, words, out) {
  w.set(words);
  w[8] = 0x80000000 | 0;
  w.fill(0, 9, 15);
  w[15] = 96 * 8;
  out.set(state);
  compress(out);
}

function pbkdf2(secret, salt, rounds) {
  const states = hmacStates(secret);
  const first = new DataView(hmacWith(states, join(salt, [0, 0, 0, 1])).buffer);
  const turn = Int32Array.from({ length: 8 }, (_, i) => first.getInt32(4 * i));
  const sum = Int32Array.from(turn);
  const inner = new Int32Array(8);
  for (let round = 1; round < rounds; round += 1) {
    second(states[0], turn, inner);
    second(states[1], inner, turn);
    for (let i = 0; i < 8; i += 1) sum[i] ^= turn[i];
  }
  return toBytes(sum);
}

const hkdf = (master, name) => hmac(hmac(new Uint8Array(32), master), join(utf8(`dialogue/1/${name}`), [1]));
const utf8 = (text) => new TextEncoder().encode(text);

onmessage = ({ data: { secret, salt, rounds, names } }) => {
  const master = pbkdf2(utf8(secret), Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16)), rounds);
  const keys = names.map((name) => hkdf(master, name));
  postMessage({ keys, echo: sha256(join(utf8("dialogue/1/echo\0"), keys[0])) });
};
