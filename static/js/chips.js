// A row of filters that scrolls sideways: the one in focus comes into view whole (browsers leave half-seen ones as they are).
addEventListener("focusin", ({ target }) => {
  if (target.closest(".chips-row")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
