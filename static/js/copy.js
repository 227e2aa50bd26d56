// Copies an address; on a link it copies and lets the link open. The page says so, also to who does not see it.
const copy = async (text) => {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  throw new Error("no clipboard here");
};

for (const control of document.querySelectorAll("[data-copy]")) {
  control.addEventListener("click", async () => {
    const box = control.closest("section") ?? document;
    const field = box.querySelector("input[readonly]");
    try {
      await copy(control.dataset.copy);
    } catch {
      field?.select();
      return;
    }
    const status = box.querySelector("[data-copy-status]");
    if (status) status.textContent = status.dataset.copied;
    const words = control.querySelector("span");
    if (words && control.dataset.copied) words.textContent = control.dataset.copied;
  });
}

for (const field of document.querySelectorAll("input[readonly]")) field.addEventListener("focus", () => field.select());
