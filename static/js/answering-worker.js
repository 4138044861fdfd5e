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

/* A file: its address changes with its content. */
async function kept(request) {
  return (await find(request)) ?? fetch(request);
}
