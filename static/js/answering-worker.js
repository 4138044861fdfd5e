/* Opens the pages of a shared tablet without a connection. It keeps nothing itself: what may be kept, the beginning
   has put there (answering-tablet.js). What is sent never passes here. */
const PATIENCE = 4000; // milliseconds

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  event.respondWith(pathname.startsWith("/t/") ? fresh(request) : kept(request));
});

const find = (request) => caches.match(request, { ignoreVary: true });
const inTime = () => new Promise((_resolve, reject) => { setTimeout(reject, PATIENCE); });

/* A page: as it is now, else as it was kept. */
async function fresh(request) {
  try {
    const answer = await Promise.race([fetch(request), inTime()]);
    if (answer.ok || answer.status === 404) return answer;
    return (await find(request)) ?? answer;
  } catch {
    return (await find(request)) ?? caches.match(request, { ignoreVary: true, ignoreSearch: true }).then((page) => page ?? Response.error());
  }
}

/* A file: its address changes with its content. A player asks for a part of a sound, some for no other. */
async function kept(request) {
  const answer = await find(request);
  if (!answer) return fetch(request);
  const [asked, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range")) ?? [];
  if (!asked) return answer;
  const whole = await answer.blob();
  const end = Math.min(Number(last || Infinity), whole.size - 1);
  const headers = { "Content-Type": whole.type, "Content-Range": `bytes ${first}-${end}/${whole.size}` };
  return new Response(whole.slice(Number(first), end + 1, whole.type), { status: 206, headers });
}
