// The camera reads tickets where the browser can: asked for only when its button is pressed, and let go at the second press.
const button = document.querySelector("[data-scan]"), video = document.querySelector("[data-camera]");
const form = document.querySelector("[data-code]"), field = form.elements.code;
const words = document.querySelector("[data-check-in]").dataset;
const EVERY = 250, SAME_AGAIN = 4_000;
let stream = null;

const canRead = "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia;
button.hidden = !(canRead && (await BarcodeDetector.getSupportedFormats()).includes("qr_code"));

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = video.srcObject = null;
  video.hidden = true;
  button.setAttribute("aria-pressed", "false");
}

async function read() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let last = "", at = 0;
  while (stream) {
    const [code] = await detector.detect(video).catch(() => []);
    if (code && (code.rawValue !== last || Date.now() - at > SAME_AGAIN)) {
      [last, at] = [code.rawValue, Date.now()];
      field.value = code.rawValue;
      form.requestSubmit();
    }
    await new Promise((done) => setTimeout(done, EVERY));
  }
}

button.addEventListener("click", async () => {
  if (stream) return stop();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  } catch {
    field.focus();
    document.querySelector("[data-verdict]").textContent = words.noCamera;
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  button.setAttribute("aria-pressed", "true");
  video.play().catch(() => {}); // let go again before the first picture
  read();
});
addEventListener("pagehide", stop);
document.addEventListener("visibilitychange", () => document.hidden && stop());
