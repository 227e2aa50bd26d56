// The map beside the list. It loads Leaflet and the built map script only where the map is seen, draws the points that the
// server sends for what is in view, and keeps map and list in step. The list is complete without it.
const box = document.querySelector("[data-map]");
const panel = box?.closest("section");
const find = (name) => panel.querySelector(`[data-map-${name}]`);
const texts = box?.dataset;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const KINDS = new Set(["pharmacy", "bookshop", "cafe", "shop", "medical", "advice_centre", "library", "association",
  "community_space", "public_service", "other"]);
const wide = matchMedia("(min-width: 60rem)");
const PIN_PIXELS = 36, PINS_ZOOM = 17;
const pins = new Map();
let map, chosen = null, dragged = 0;

const element = (tag, className = "", text = "") => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

const icon = (name) => {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${texts.icons}#${name}`);
  svg.append(use);
  return svg;
};

const say = (text) => { find("status").textContent = text; };
const card = (id) => document.querySelector(`[data-list] [data-place="${CSS.escape(id)}"]`);
const stateText = ({ open }) => open === true ? texts.textOpen : open === false ? texts.textClosed : "";

// --- choosing a place: its card lights up in the list; where the list is not beside the map, a copy stands on the map

const smallCard = (place) => {
  const made = element("article", "card"), title = element("h3"), link = element("a", "", place.name);
  link.href = place.url;
  title.append(link);
  made.append(title);
  if (stateText(place)) made.append(element("p", `opening opening-${place.open ? "open" : "closed"}`, stateText(place)));
  return made;
};

const release = (focusPin) => {
  if (!chosen) return;
  const pin = pins.get(chosen)?.button;
  pin?.setAttribute("aria-pressed", "false");
  pins.get(chosen)?.marker.setZIndexOffset(0);
  card(chosen)?.classList.remove("is-selected");
  find("sheet").hidden = true;
  chosen = null;
  if (focusPin) pin?.focus();
};

const choose = (place, byKeyboard) => {
  const again = chosen === place.id;
  release(false);
  if (again) return;
  chosen = place.id;
  const pin = pins.get(place.id), listed = card(place.id);
  pin.button.setAttribute("aria-pressed", "true");
  pin.marker.setZIndexOffset(1000);
  const shown = listed && wide.matches ? listed : listed ? listed.cloneNode(true) : smallCard(place);
  if (shown === listed) shown.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  else {
    find("card").replaceChildren(shown);
    find("sheet").hidden = false;
  }
  listed?.classList.add("is-selected");
  say(texts.textChosen.replace("{name}", place.name));
  if (byKeyboard) shown.querySelector("a").focus();
};

// --- points --------------------------------------------------------------------------------------------------------

const zoomTo = ({ bounds }, point) => {
  const closer = Math.min(map.getZoom() + 2, map.getMaxZoom());
  if (!bounds) return map.setView(point, closer, { animate: !calm });
  const [west, south, east, north] = bounds;
  map.flyToBounds([[south, west], [north, east]], { animate: !calm, duration: .4, padding: [48, 48], maxZoom: map.getMaxZoom() });
};

const button = (properties, point) => {
  const made = element("button"), face = element("span");
  made.type = "button";
  made.append(face);
  if (properties.cluster > 1) {
    made.className = "pin pin-cluster";
    face.textContent = properties.cluster;
    made.setAttribute("aria-label", texts.textCluster.replace("{n}", properties.cluster));
  } else {
    made.className = `pin pin-${properties.open === true ? "open" : "closed"}`;
    face.append(icon(KINDS.has(properties.kind) ? properties.kind : "other"));
    made.setAttribute("aria-label", [properties.name, stateText(properties)].filter(Boolean).join(", "));
    made.setAttribute("aria-pressed", String(properties.id === chosen));
    made.dataset.pin = properties.id;
  }
  made.addEventListener("click", (event) => {
    if (event.timeStamp - dragged < 60) return;
    event.stopPropagation();
    if (properties.cluster > 1) zoomTo(properties, point);
    else choose(properties, event.detail === 0);
  });
  // A pin that gets the focus at the edge, or under a button of the map, comes into view.
  made.addEventListener("focus", () => {
    if (made.matches(":focus-visible")) map.panInside(point, { padding: [64, 96], animate: !calm });
  });
  return made;
};

const add = (key, properties, point) => {
  const made = button(properties, point);
  const L = window.L;
  const marker = L.marker(point, {
    icon: L.divIcon({ html: made, className: "pin-box", iconSize: [48, 48] }),
    keyboard: false, interactive: false, zIndexOffset: properties.id === chosen ? 1000 : 0,
  }).addTo(map);
  pins.set(key, { marker, button: made });
};

// Pins that would cover each other stand as one ring; where no zoom can part them any more, they stay pins.
const apart = (features) => {
  if (map.getZoom() >= PINS_ZOOM) return features;
  const groups = [];
  for (const feature of features) {
    const [lon, lat] = feature.geometry.coordinates, at = map.project([lat, lon]);
    const group = groups.find((one) => Math.abs(one.at.x - at.x) < PIN_PIXELS && Math.abs(one.at.y - at.y) < PIN_PIXELS);
    if (group && group.members[0].properties.id !== chosen) group.members.push(feature);
    else groups.push({ at, members: [feature] });
  }
  return groups.map(({ members }) => members.length === 1 ? members[0] : ring(members));
};

const ring = (members) => {
  let cluster = 0, east = -180, north = -90, west = 180, south = 90;
  for (const { geometry: { coordinates: [lon, lat] }, properties } of members) {
    const [w, s, e, n] = properties.bounds ?? [lon, lat, lon, lat];
    cluster += properties.cluster ?? 1;
    west = Math.min(west, w); south = Math.min(south, s); east = Math.max(east, e); north = Math.max(north, n);
  }
  return { geometry: members[0].geometry, properties: { cluster, bounds: [west, south, east, north] } };
};

const draw = (collection) => {
  const seen = new Set();
  for (const { geometry, properties } of apart(collection.features)) {
    const [lon, lat] = geometry.coordinates;
    const key = properties.cluster > 1 ? `${lon},${lat},${properties.cluster}` : properties.id;
    seen.add(key);
    if (!pins.has(key)) add(key, properties, window.L.latLng(lat, lon));
  }
  for (const [key, { marker, button: made }] of pins) {
    const focused = made === document.activeElement, ring = made.classList.contains("pin-cluster");
    if (seen.has(key) || key === chosen || (focused && !ring)) continue;
    // A ring that was opened stands for nothing any more; the focus goes on from the map.
    if (focused) map.getContainer().focus({ preventScroll: true });
    marker.remove();
    pins.delete(key);
  }
  box.dataset.state = "ready";
};

// --- start -------------------------------------------------------------------------------------------------------------

const load = (tag, name, address) => address && new Promise((done, failed) => {
  const made = document.createElement(tag);
  made[name] = address;
  if (tag === "link") made.rel = "stylesheet";
  made.onload = done;
  made.onerror = failed;
  document.head.append(made);
});

const pair = (text) => text.split(",").map(Number);

const firstView = () => {
  if (texts.bounds) return { bbox: pair(texts.bounds) };
  if (!texts.centre) return {};
  const [lat, lon] = pair(texts.centre);
  return { lat, lon, zoom: Number(texts.zoom) || 14 };
};

const markHere = () => texts.here && window.L.marker(pair(texts.here), {
  icon: window.L.divIcon({ html: "", className: "here", iconSize: [18, 18] }), keyboard: false, interactive: false,
}).addTo(map);

const searchHere = () => {
  const url = new URL(location.href), area = map.getBounds();
  for (const name of ["near", "where", "page"]) url.searchParams.delete(name);
  url.searchParams.set("bbox", [area.getWest(), area.getSouth(), area.getEast(), area.getNorth()].map((n) => n.toFixed(5)).join());
  location.assign(url);
};

const listen = () => {
  const area = find("area");
  const moved = () => {
    if (!area.hidden) return;
    area.hidden = false;
    say(texts.textMoved);
  };
  map.on("dragend", () => { dragged = performance.now(); moved(); });
  map.on("zoomend", moved);
  box.addEventListener("keydown", (event) => { if (event.key.startsWith("Arrow")) moved(); });
  area.addEventListener("click", searchHere);
  find("close").addEventListener("click", () => release(true));
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") release(true); });
  const near = (on) => ({ target }) => {
    const id = target.closest?.("[data-place]")?.dataset.place;
    if (id) pins.get(id)?.button.classList.toggle("is-near", on);
  };
  const list = document.querySelector("[data-list]");
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) list.addEventListener(name, near(on));
};

const failed = () => {
  if (box.dataset.state !== "ready") box.dataset.state = "failed";
  say(texts.textFailed);
};

const start = async () => {
  if (map || box.dataset.state === "loading") return;
  box.dataset.state = "loading";
  try {
    await Promise.all([load("link", "href", texts.leafletCss), load("script", "src", texts.leaflet)]);
    await load("script", "src", texts.mapScript);
    ({ map } = window.wendyMap(box, {
      render: draw, filters: () => texts.query, failed, start: firstView(),
      words: { zoomIn: texts.textZoomIn, zoomOut: texts.textZoomOut },
    }));
    if (texts.attribution) map.attributionControl.addAttribution(element("span", "", texts.attribution).outerHTML);
    markHere();
    listen();
  } catch {
    failed();
  }
};

const startIfSeen = () => { if (panel.clientHeight > 0) start(); };

if (box) {
  if (document.readyState === "complete") startIfSeen();
  else addEventListener("load", startIfSeen, { once: true });
  wide.addEventListener("change", startIfSeen);
}
