// Whoever signs out leaves no list of families behind in this tab.
for (const form of document.querySelectorAll('form[action$="/sign-out"]')) {
  form.addEventListener("submit", () => sessionStorage.clear());
}
