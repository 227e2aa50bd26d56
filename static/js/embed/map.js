// The map of the Isole di Wendy on another site: <script src="…/embed/map.js" data-place="…" data-height="480" async></script>.
// It puts a frame behind its own script element; the frame loads when it comes into sight.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const { place, territory, lang, height, title } = script.dataset;
  const language = lang || script.closest("[lang]")?.lang.slice(0, 2) || "it";
  const TITLES = { it: "Mappa delle Isole di Wendy", en: "Map of the Isole di Wendy", ar: "خريطة Isole di Wendy" };
  const known = language in TITLES ? language : "it";
  const query = new URLSearchParams({ lang: known });
  for (const [name, value] of Object.entries({ place, territory })) if (value) query.set(name, value);
  const frame = document.createElement("iframe");
  frame.src = `${new URL(script.src).origin}/embed/map?${query}`;
  frame.title = title || TITLES[known];
  frame.loading = "lazy";
  frame.allow = "geolocation";
  frame.width = "100%";
  frame.height = String(Math.min(Math.max(Number.parseInt(height, 10) || 480, 240), 1200));
  frame.setAttribute("frameborder", "0");
  script.after(frame);
})();
