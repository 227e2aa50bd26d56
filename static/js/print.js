// «Print» opens the browser's own dialogue.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
