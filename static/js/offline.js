// Starts the service worker, lists what this phone keeps, and keeps or forgets a booking where its family asks for it.
const MINE = "mine", PAGES = "pages", COPIED_AT = "x-copied-at";
const worker = navigator.serviceWorker;

worker?.register("/sw.js").catch(() => {}); // a private window may refuse; everything works without

const here = () => new URL(location.pathname, location.href).href;

// One's own booking: the copy is made from the page itself, and only now.
const button = document.querySelector("[data-keep]");
if (button && worker && "caches" in window) {
  const keep = button.textContent;
  const say = (isKept) => {
    button.textContent = isKept ? button.dataset.forget : keep;
    button.setAttribute("aria-pressed", String(isKept));
  };
  const cache = await caches.open(MINE);
  say(Boolean(await cache.match(here())));
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await cache.delete(here())) return say(false);
    const answer = await fetch(here(), { cache: "no-store" });
    if (!answer.ok) return;
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    headers.set(COPIED_AT, new Date().toISOString());
    await cache.put(here(), new Response(await answer.text(), { headers }));
    say(true);
  });
}

// The page /offline: what can be read now.
const list = document.querySelector("[data-kept]");
if (list && "caches" in window) {
  for (const name of [MINE, PAGES]) {
    const cache = await caches.open(name);
    for (const request of (await cache.keys()).reverse()) {
      const copy = await cache.match(request), page = new DOMParser().parseFromString(await copy.text(), "text/html");
      const link = document.createElement("a"), item = document.createElement("li"), when = document.createElement("span");
      link.href = request.url;
      link.className = "link";
      link.lang = page.documentElement.lang;
      link.textContent = page.title.split(" · ").slice(0, -1).join(" · ");
      when.className = "small muted";
      when.textContent = ` ${new Date(copy.headers.get(COPIED_AT)).toLocaleString(document.documentElement.lang, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" })}`;
      item.append(link, when);
      list.append(item);
    }
  }
  const forget = document.querySelector("[data-forget-all]");
  document.querySelector("[data-kept-none]").hidden = list.children.length > 0;
  forget.hidden = !list.children.length;
  forget.addEventListener("click", async () => {
    await Promise.all([MINE, PAGES].map((name) => caches.delete(name)));
    list.replaceChildren();
    forget.hidden = true;
    document.querySelector("[data-kept-none]").hidden = false;
  });
}
