// Buttons − and + beside a number field; the field alone works as well.
for (const box of document.querySelectorAll("[data-stepper]")) {
  const input = box.querySelector("input");
  const buttons = [...box.querySelectorAll("[data-step]")];
  const limits = () => {
    for (const button of buttons) {
      const next = (Number(input.value) || 0) + Number(button.dataset.step);
      button.toggleAttribute("aria-disabled", next < Number(input.min) || next > Number(input.max));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const next = (Number(input.value) || 0) + Number(button.dataset.step);
      input.value = Math.min(Math.max(next, Number(input.min)), Number(input.max));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  input.addEventListener("input", limits);
  limits();
}
