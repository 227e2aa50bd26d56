// «Share» opens the phone's own sheet; where there is none the button stays away, and the links beside it do.
for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {}); // closed again: nothing was sent
  });
}
