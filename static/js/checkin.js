// Checks families in from the list in this page: at once, also without a network. Marks are sent when there is one.
// First names live in this page alone and end with it, or with the day; marks that wait are kept in this tab without names.
const root = document.querySelector("[data-check-in]"), words = root.dataset;
const form = root.querySelector("[data-code]"), field = form.elements.code;
const fresh = JSON.parse(document.querySelector("[data-kept-list]").textContent);
const KEY = `door:${fresh.date}`, RETRY = 15_000, LONGEST = 2 ** 31 - 1; // what setTimeout can count
// Phones' clocks are seldom right: the server's is taken, as it was when its answer began to arrive.
const arrived = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
const ahead = Date.parse(fresh.now) - arrived;
const HOLDING = ["confirmed", "attended", "no_show"], WAITING = ["waitlisted", "offered"];
const part = (name) => root.querySelector(`[data-${name}]`);

let queue = JSON.parse(sessionStorage.getItem(KEY)) ?? [];
let people = new Map(), trouble = "unsent", isSending = false;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const codeOf = (text) => fold(text).replace(/\s/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

// What was marked here and is not sent yet lies above what the server told.
function take(list) {
  people = new Map(list.map((one) => [one.code, { ...one }]));
  for (const mark of queue) if (people.has(mark.booking)) Object.assign(people.get(mark.booking), { status: mark.status, at: mark.at });
}

function keep() {
  if (queue.length) sessionStorage.setItem(KEY, JSON.stringify(queue));
  else sessionStorage.removeItem(KEY);
  const coming = [...people.values()].filter((one) => HOLDING.includes(one.status));
  const here = coming.filter((one) => one.status === "attended");
  const sum = (list, of) => list.reduce((all, one) => all + (of === "people" ? one.adults + one.children : one[of]), 0);
  for (const of of ["people", "adults", "children"]) {
    for (const [name, list] of [[of, coming], [`${of}-here`, here]]) root.querySelector(`[data-count="${name}"]`).textContent = sum(list, of);
  }
  const line = part("unsent-line");
  line.hidden = !queue.length;
  line.textContent = fill(words[trouble], { num: queue.length });
}

function say(kind, text, hint = "", buttons = []) {
  const box = document.createElement("div"), inner = document.createElement("div");
  box.className = `notice notice-${kind}`;
  const title = document.createElement("p"), strong = document.createElement("b");
  strong.textContent = text;
  title.append(strong);
  inner.append(title);
  if (hint) inner.append(Object.assign(document.createElement("p"), { textContent: hint }));
  if (buttons.length) {
    const row = Object.assign(document.createElement("p"), { className: "actions" });
    for (const [label, act] of buttons) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: label });
      button.addEventListener("click", act);
      row.append(button);
    }
    inner.append(row);
  }
  box.append(inner);
  part("verdict").replaceChildren(box);
}

// Whoever marks has seen what stood: the mark is later than that, whatever the clocks say.
function mark(person, status) {
  const at = new Date(Math.max(Date.now() + ahead, person.at ? Date.parse(person.at) + 1 : 0)).toISOString();
  Object.assign(person, { status, at });
  queue.push({ id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`, booking: person.code, status, at });
  keep();
  send();
}

function undo(person) {
  mark(person, "confirmed");
  say("info", fill(words.undone, person));
  field.focus();
}

function checkIn(person) {
  const taken = person.can_undo ? [[words.undo, () => undo(person)]] : [], code = person.code.toUpperCase();
  if (person.status === "cancelled") say("warning", words.cancelled, words.addHint);
  else if (WAITING.includes(person.status)) say("warning", fill(words.waiting, person), words.addHint);
  else if (person.status === "attended") say("warning", fill(words.already, person), words.alreadyHint, taken);
  else {
    mark(person, "attended");
    say("done", fill(words.here, person), code, taken);
  }
  field.value = "";
  field.focus();
}

// A ticket's whole address, a code, or a first name; whatever else there is, the server knows.
function look(typed) {
  const scanned = /^https?:.*\/occurrences\/(\w+)\/check-in\?(.*)$/.exec(typed.trim());
  const sought = scanned ? (new URLSearchParams(scanned[2]).get("code") ?? "") : typed;
  const person = people.get(codeOf(sought));
  if (person) return checkIn(person);
  if (scanned && scanned[1] !== fresh.date) return ask(typed, () => say("error", words.other, words.otherHint));
  const name = fold(sought);
  const found = name.length > 1 && !/\s/.test(name) ? [...people.values()].filter((one) => one.name && (fold(one.name).startsWith(name) || one.code.startsWith(codeOf(name)))) : [];
  if (found.length === 1) return checkIn(found[0]);
  if (found.length) return say("info", words.who, "", found.map((one) => [`${one.name} · ${one.code.toUpperCase()}`, () => checkIn(one)]));
  return ask(typed, () => say("error", words.nobody, words.nobodyHint));
}

async function ask(typed, otherwise) {
  field.select();
  if (!navigator.onLine) return otherwise();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value, code: typed }) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), list = page.querySelector("[data-kept-list]");
    if (!list) return otherwise();
    take(JSON.parse(list.textContent).people);
    keep();
    part("verdict").replaceChildren(...page.querySelector("[data-verdict]").childNodes);
    if (part("verdict").querySelector(".notice-done")) field.value = "";
  } catch {
    otherwise();
  }
}

async function send() {
  if (isSending || !queue.length || !navigator.onLine) return;
  isSending = true;
  const sent = [...queue];
  try {
    const answer = await fetch(fresh.marks_url, { method: "POST", redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value }, body: JSON.stringify({ marks: sent }) });
    trouble = answer.ok ? "unsent" : answer.type === "opaqueredirect" ? "signIn" : "refused";
    if (answer.ok) settle(await answer.json(), sent);
  } catch {
    trouble = "unsent";
  }
  isSending = false;
  keep();
  if (trouble === "unsent" && queue.some((one) => !sent.includes(one))) send();
}

function settle(answer, sent) {
  queue = queue.filter((one) => !sent.includes(one));
  take(answer.people);
  for (const one of answer.conflicts) part("conflicts").append(Object.assign(document.createElement("li"), { className: "notice notice-warning", textContent: one.text }));
}

// The day is over: the names go, and the page as it is now takes their place.
function end() {
  people.clear();
  document.querySelector("[data-kept-list]").remove();
  location.reload();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) look(field.value);
});
addEventListener("online", send);
setInterval(send, RETRY);
setTimeout(end, Math.min(Date.parse(fresh.until) - Date.parse(fresh.now), LONGEST));
addEventListener("beforeunload", (event) => queue.length && event.preventDefault());
take(fresh.people);
keep();
send();
