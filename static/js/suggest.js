// Suggestions under a search field: a combobox with a list (WAI-ARIA 1.2). The form does the same without them.
const field = document.querySelector("[data-suggest]");
const WAIT = 150, LEAST = 3;
let options = [], active = -1, timer, asking;

const list = document.createElement("ul"), status = document.createElement("p");
list.id = "suggestions";
list.className = "options";
list.hidden = true;
list.setAttribute("role", "listbox");
status.className = "sr";
status.setAttribute("role", "status");

const close = () => {
  list.hidden = true;
  active = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const light = (index) => {
  active = (index + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  field.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({ block: "nearest" });
};

const line = ({ text, lang, kind, url }, index) => {
  const option = document.createElement("li"), words = document.createElement("bdi"), what = document.createElement("span");
  option.id = `suggestion-${index}`;
  option.dataset.url = url;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  words.textContent = text;
  if (lang) words.lang = lang;
  what.textContent = kind;
  option.append(words, " ", what);
  return option;
};

const show = (found) => {
  options = found.map(line);
  list.replaceChildren(...options);
  status.textContent = found.length ? field.dataset.suggestCount.replace("{n}", found.length) : "";
  if (!found.length || document.activeElement !== field) return close();
  active = -1;
  field.removeAttribute("aria-activedescendant");
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
};

const ask = async () => {
  asking?.abort();
  if (field.value.trim().length < LEAST) return show([]);
  asking = new AbortController();
  const query = new URLSearchParams(new FormData(field.form));
  if (document.documentElement.lang) query.set("lang", document.documentElement.lang);
  try {
    const answer = await fetch(`${field.dataset.suggest}?${query}`, { signal: asking.signal });
    show(answer.ok ? (await answer.json()).suggestions : []);
  } catch (error) {
    if (error.name !== "AbortError") show([]);
  }
};

const KEYS = {
  ArrowDown: () => light(active + 1),
  ArrowUp: () => light(active < 0 ? options.length - 1 : active - 1),
  Enter: () => active >= 0 && location.assign(options[active].dataset.url),
  Escape: () => (close(), true),
};

if (field) {
  list.setAttribute("aria-label", field.dataset.suggestLabel);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    field.setAttribute(name, value);
  }
  field.autocomplete = "off";
  field.parentElement.append(list, status);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (!list.hidden && event.key in KEYS && KEYS[event.key]() !== false) event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
}
