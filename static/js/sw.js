// The service worker: pages are asked of the network first, and of what this phone kept when there is none.
// A copy always says of when it is, and everything that was only true then (open now, places left) is hidden in it.
// Bookings are kept where their family asked for it on this phone; pages of those who look after places never are.
// The server writes SETTINGS in front of this file: version, the files and pages to have at hand, the languages.
const PAGES = "pages", MINE = "mine", FILES = "files", SHELL = `shell-${SETTINGS.version}`;
const MOST_PAGES = 40, MOST_FILES = 80, PATIENCE = 6000;
const COPIED_AT = "x-copied-at", LANGUAGE = "/last-language";
const READABLE = /^\/(?:$|places\/[^/]+$|events(?:\/|$)|occurrences\/[^/.]+$|about$|privacy$|accessibility$)/;
const BOOKING = /^\/bookings\/[^/]+$/;
const FILE = /^\/(?:static|photos)\/|^\/map-[^/]+\.js$/;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL), files = await caches.open(FILES);
    // Asked without cookies: a page in each language must not be taken for a choice of one.
    await shell.addAll(SETTINGS.pages.map((page) => new Request(page, { credentials: "omit" })));
    await files.addAll(SETTINGS.files);
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
    await registration.navigationPreload?.enable(); // the browser asks by itself, without waiting for this script
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(event, url) : sent(request, url));
  else if (request.method === "GET" && FILE.test(url.pathname)) event.respondWith(file(event));
});

async function page(event, url) {
  const isMine = BOOKING.test(url.pathname);
  if (!isMine && !READABLE.test(url.pathname)) return asked(event).catch(() => nothing(url));
  const cache = await caches.open(isMine ? MINE : PAGES), key = keyOf(url), copy = await cache.match(key);
  const live = asked(event).then(async (answer) => {
    event.waitUntil(isMine ? refresh(cache, key, copy, answer.clone()) : keep(cache, key, answer.clone()));
    return answer;
  });
  if (!copy) return live.catch(() => another(cache, url));
  event.waitUntil(live.catch(() => {}));
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(() => shown(copy));
  return Promise.race([live.catch(() => shown(copy)), late]);
}

const asked = async (event) => (await event.preloadResponse) ?? fetch(event.request);

// What somebody sent without a network did not arrive, and the page says so: going back finds everything typed.
const sent = (request, url) => fetch(request).catch(() => nothing(url));

async function file(event) {
  const cache = await caches.open(FILES), known = await cache.match(event.request);
  if (known) return known;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()).then(() => trim(cache, MOST_FILES)));
  return answer;
}

async function keep(cache, key, answer) {
  if (answer.status !== 200 || !/^text\/html/.test(answer.headers.get("content-type") ?? "")) return;
  const html = await answer.text(), headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set(COPIED_AT, new Date().toISOString());
  await cache.delete(key);
  await cache.put(key, new Response(html, { headers }));
  await (await caches.open(SHELL)).put(LANGUAGE, new Response(languageOf(html)));
  await trim(cache, MOST_PAGES);
}

// A kept booking follows what the server says; one that is gone there is gone here.
async function refresh(cache, key, copy, answer) {
  if (!copy) return;
  if (answer.status === 200) await keep(cache, key, answer);
  else if (answer.status === 404 || answer.status === 410) await cache.delete(key);
}

// Searching without a network: the last results that this phone has.
async function another(cache, url) {
  const kept = await cache.keys();
  const last = url.pathname === "/" && kept.reverse().find((request) => new URL(request.url).pathname === "/");
  return last ? shown(await cache.match(last)) : nothing(url);
}

async function nothing(url) {
  const asked = url.searchParams.get("lang");
  const last = await (await caches.match(LANGUAGE, { cacheName: SHELL }))?.text();
  const language = [asked, last, ...navigator.languages.map((one) => one.slice(0, 2))].find((one) => SETTINGS.languages.includes(one));
  return caches.match(`/offline?lang=${language ?? SETTINGS.languages[0]}`, { cacheName: SHELL });
}

async function shown(copy) {
  const html = await copy.text(), at = new Date(copy.headers.get(COPIED_AT));
  const isToday = at.toDateString() === new Date().toDateString();
  const words = at.toLocaleString(languageOf(html), { ...(isToday ? {} : { day: "numeric", month: "long" }), hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" });
  const marked = html.replace("<html ", "<html data-copy ")
    .replace(/(<p class="copy-note"[^>]*?) hidden>([^<]*)\{time\}/, (_all, start, before) => `${start}>${before}${words}`);
  return new Response(marked, { headers: copy.headers });
}

const languageOf = (html) => /<html[^>]* lang="([\w-]+)"/.exec(html)?.[1] ?? SETTINGS.languages[0];

// What shared links carry about where they were shared is no part of the page.
function keyOf(url) {
  const key = new URL(url);
  key.hash = "";
  if (BOOKING.test(key.pathname)) key.search = "";
  for (const name of [...key.searchParams.keys()]) if (name.startsWith("utm_") || name === "lang") key.searchParams.delete(name);
  return key.href;
}

async function trim(cache, most) {
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map((request) => cache.delete(request)));
}
