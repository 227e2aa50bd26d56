// What a page is asked about itself. Evaluated once per page; answers are plain values.
(() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const box = (element) => element.getBoundingClientRect();
  const shown = (element) => {
    const { width, height } = box(element);
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]");
  };
  const words = (element) =>
    `${element.localName} «${(element.getAttribute("aria-label") || element.innerText || element.name || element.id || "").trim().replace(/\s+/g, " ").slice(0, 40)}»`;
  const controls = () => [...document.querySelectorAll(CONTROLS)].filter((element) => shown(element) && element.tabIndex >= 0 && !element.matches(":disabled"));
  // A box or dot to choose is as large as its label; a link within a sentence is as large as its line.
  const target = (element) => {
    const areas = [element, ...(element.labels ?? [])].filter(shown).map(box);
    const [left, top] = [Math.min(...areas.map((area) => area.left)), Math.min(...areas.map((area) => area.top))];
    return { left, top, width: Math.max(...areas.map((area) => area.right)) - left, height: Math.max(...areas.map((area) => area.bottom)) - top };
  };
  const inSentence = (element) =>
    element.localName === "a" && getComputedStyle(element).display === "inline" &&
    element.parentElement.innerText.trim().length > element.innerText.trim().length + 3;
  const scrollsInside = (element) => {
    for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
      if (getComputedStyle(parent).overflowX !== "visible") return true;
    }
    return false;
  };

  window.budgetProbes = {
    overflow() {
      const wide = document.documentElement.clientWidth;
      const reaching = [...document.body.querySelectorAll("*")].filter((element) => {
        const { left, right, bottom } = box(element);
        return shown(element) && bottom > 0 && (right > wide + 1 || left < -1) && !scrollsInside(element);
      });
      const page = document.documentElement.scrollWidth > wide + 1 ? [`page of ${document.documentElement.scrollWidth} px`] : [];
      return [...page, ...reaching.map(words)];
    },
    targets() {
      const areas = controls().filter((element) => !inSentence(element)).map((element) => [element, target(element)]);
      const small = areas.filter(([, area]) => Math.min(area.width, area.height) < 23.5);
      const large = areas.filter(([, area]) => Math.min(area.width, area.height) >= 43.5);
      return { small: small.map(([element]) => words(element)), share: areas.length ? large.length / areas.length : 1,
        below: areas.filter((each) => !large.includes(each)).map(([element, area]) => `${words(element)} ${Math.round(area.width)}×${Math.round(area.height)}`) };
    },
    number() {
      const all = controls();
      all.forEach((element, index) => { element.budgetNumber = index; });
      return all.length;
    },
    focused() {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      // Two frames: what scrolls into view is in view before it is looked at.
      return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
        // The ring may be drawn around the whole card whose link it is.
        const around = [element, element.parentElement, element.closest("article, li"), ...(element.labels ?? [])].filter(Boolean);
        const rings = around.flatMap((each) => [getComputedStyle(each), getComputedStyle(each, "::after")]);
        const ringed = rings.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
        const { left, top, right, bottom } = box(element);
        const points = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
        const seen = points.some(([x, y]) => {
          const there = document.elementFromPoint(x, y);
          return there && (element.contains(there) || there.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(there)));
        });
        resolve({ number: element.budgetNumber ?? -1, name: words(element), ringed, seen });
      })));
    },
    // One of a group of radio buttons or of a widget with arrow keys stands for all.
    unreached(reached) {
      const group = (element) => (element.type === "radio" ? element.name : element.closest("[role=listbox], [role=tablist], [role=radiogroup]"));
      const visited = controls().filter((element) => reached.includes(element.budgetNumber));
      const groups = new Set(visited.map(group).filter(Boolean));
      return controls().filter((element) => !visited.includes(element) && element.budgetNumber !== undefined && !groups.has(group(element))).map(words);
    },
    moving() {
      return document.getAnimations().filter((each) => each.playState === "running" && each.effect.getComputedTiming().duration > 20)
        .map((each) => words(each.effect.target));
    },
    text: () => document.querySelector("main").innerText,
  };
})();
