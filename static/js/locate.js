// «Near me»: asks where the phone is only when somebody taps, then opens the same page with ?near=lat,lon.
// A refusal is no dead end: a sentence that screen readers speak, and the cursor in the field for a street or a stop.
const form = document.querySelector("[data-locate-form]");
const button = document.querySelector("[data-locate]");
const status = document.querySelector("[data-locate-status]");
const preset = document.querySelector("[data-locate-link]");
const SIX_SECONDS = 6000, TEN_MINUTES = 600000, DENIED = "location denied";

const here = () => new Promise((found, refused) => {
  if (!navigator.geolocation) return refused();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => found(`${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`),
    refused, { timeout: SIX_SECONDS, maximumAge: TEN_MINUTES });
});

const near = (address, point) => {
  const url = new URL(address, location.href);
  for (const name of ["where", "bbox", "page"]) url.searchParams.delete(name);
  url.searchParams.set("near", point);
  location.assign(url);
};

// No alarm: it is the reader's choice.
const denied = () => {
  status.className = "hint";
  status.hidden = false;
  status.textContent = button.dataset.denied;
};

button?.addEventListener("click", async () => {
  if (button.getAttribute("aria-busy") === "true") return;
  const words = button.querySelector("span"), before = words.textContent;
  button.setAttribute("aria-busy", "true");
  words.textContent = button.dataset.busy;
  try {
    near(location.href, await here());
  } catch {
    denied();
    form.querySelector("[name=where]").focus();
  } finally {
    button.removeAttribute("aria-busy");
    words.textContent = before;
  }
});

// The preset is a plain link; the first tap tries to add the place where one stands, a second tap just follows it.
preset?.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || preset.hasAttribute("aria-busy")) return;
  event.preventDefault();
  preset.setAttribute("aria-busy", "true");
  try {
    near(preset.href, await here());
  } catch {
    sessionStorage.setItem(DENIED, "1");
    location.assign(preset.href);
  }
});

// The page that the preset leads to says why it does not begin with the nearest.
if (sessionStorage.getItem(DENIED)) {
  sessionStorage.removeItem(DENIED);
  if (preset) denied();
}

// Coming back with the browser's button finds everything as it was.
addEventListener("pageshow", () => preset?.removeAttribute("aria-busy"));
