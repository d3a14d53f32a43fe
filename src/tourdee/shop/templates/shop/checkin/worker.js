// Keeps the check-in page and its files on the phone, and nothing else: no guest, no answer of the server.
const CACHE = "check-in-{{ language }}-{{ version }}";
const PAGE = "{{ page }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 3000; // milliseconds: one bar of signal is worse than none

self.addEventListener("install", (event) => {
  const all = [PAGE, ...FILES].map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(all)).then(() => self.skipWaiting()));
});

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith("check-in-{{ language }}-") && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));

const kept = async (path) => (await caches.open(CACHE)).match(path);

async function page(request) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  try {
    const fresh = await Promise.race([fetch(request), late]);
    if (fresh.ok) return fresh;
  } catch { /* no network, or too little of it */ }
  return (await kept(PAGE)) || Response.error();
}

async function file(request, path) {
  return (await kept(path)) || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && pathname === PAGE) event.respondWith(page(event.request));
  else if (FILES.includes(pathname)) event.respondWith(file(event.request, pathname));
});
