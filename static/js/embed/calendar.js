// The calendar of the Isole di Wendy on another site: <script src="…/embed/calendar.js" data-place="…" async></script>.
// It stands behind its own script element, in a shadow root: the page's letters and colours, none of its rules. Nothing is
// written as HTML; where the page's policy or the network refuses, a link stands instead.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const home = new URL(script.src).origin;
  const { place, territory, topic, lang, limit, url } = script.dataset;
  const language = lang || script.closest("[lang]")?.lang.slice(0, 2) || "it";
  const WAIT = { it: "Un momento…", en: "One moment…", ar: "لحظة…" };
  const LINK = { it: "Che cosa c'è in programma", en: "See what's on", ar: "الاطلاع على البرنامج" };
  const known = language in WAIT ? language : "it";

  const STYLE = `
    :host { display: block; font: inherit; color: inherit; color-scheme: inherit; line-height: 1.45; text-align: start; }
    section { border: 1px solid color-mix(in srgb, currentColor 35%, transparent); border-radius: 14px; padding: 1em; max-width: 38em; }
    h2 { font-size: 1.15em; margin: 0 0 .6em; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; gap: .8em; padding: .55em 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
    .day { flex: 0 0 3em; text-align: center; line-height: 1.15; padding-top: .1em; }
    .day b { display: block; font-size: 1.4em; }
    a { color: inherit; text-underline-offset: .15em; display: inline-block; padding: .2em 0; }
    a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; border-radius: 4px; }
    small, .when { opacity: .85; display: block; }
    del { opacity: .75; }
    p { margin: .6em 0 0; }
    .ways a { margin-inline-end: 1em; }`;

  const made = (tag, text = "", attributes = {}) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
    return element;
  };
  const link = (text, url, attributes) => made("a", text, { href: url, ...attributes });

  const fallback = url || `${home}/events`;
  const host = made("div", "", { lang: known });
  const root = host.attachShadow({ mode: "open" });
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  }
  const box = made("section", "", { "aria-busy": "true" });
  box.append(made("p", WAIT[known], { role: "status" }));
  root.append(box);
  script.after(host);

  const row = (item) => {
    const line = made("li");
    const day = made("span", "", { class: "day", "aria-hidden": "true" });
    day.append(made("b", item.day), item.month);
    const words = made("div");
    const title = link(item.title, item.url, { lang: item.lang });
    if (item.status) {
      const gone = made("del");
      gone.append(title);
      words.append(gone, made("small", item.status));
    } else words.append(title);
    words.append(made("span", item.when, { class: "when" }), made("small", place ? item.facts : [item.place, item.facts].filter(Boolean).join(" · ")));
    line.append(day, words);
    return line;
  };

  const show = (calendar) => {
    host.lang = calendar.lang;
    host.dir = calendar.dir;
    const parts = [made("h2", calendar.title)];
    if (calendar.demo) parts.push(made("p", calendar.demo));
    if (calendar.items.length) {
      const list = made("ul");
      list.append(...calendar.items.map(row));
      parts.push(list);
    } else parts.push(made("p", calendar.empty));
    const ways = made("p", "", { class: "ways" });
    ways.append(link(calendar.all.text, calendar.all.url), link(calendar.subscribe.text, calendar.subscribe.url));
    box.replaceChildren(...parts, ways);
    box.removeAttribute("aria-busy");
  };

  const giveUp = () => {
    const line = made("p");
    line.append(link(LINK[known], fallback));
    box.replaceChildren(line);
    box.removeAttribute("aria-busy");
  };

  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ place, territory, topic, limit })) if (value) query.set(name, value);
  query.set("lang", known);
  fetch(`${home}/embed/calendar.json?${query}`, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .then(show)
    .catch(giveUp);
})();
