// Who came from the list goes back to it as it was: with its filters, and where it was scrolled to.
// Only this page's own memory is asked (the referrer); the link without scripts leads to the whole list.
const link = document.querySelector("[data-back]");
const from = document.referrer ? new URL(document.referrer) : null;

if (link && from?.origin === location.origin && from.pathname === new URL(link.href).pathname) {
  link.href = from.href;
  if (from.search) link.querySelector("span").textContent = link.dataset.back;
  link.addEventListener("click", (event) => {
    // A jump inside the page (#main) would be one step back too, and a tab of its own has no step back.
    if (event.ctrlKey || event.metaKey || event.shiftKey || location.hash || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}
