// Keys for those who read many comments. Every deed is also a link or a button; the page works without this.
const said = () => [...document.querySelectorAll(".said-by")];
const keys = document.getElementById("keys");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

const step = (by) => {
  const every = said();
  const now = every.indexOf(document.activeElement.closest(".said-by"));
  const next = now < 0 ? (by > 0 ? 0 : -1) : now + by;
  if (next >= every.length) document.querySelector('.pagination [rel="next"]')?.focus();
  else every.at(Math.max(next, 0))?.focus();
};

const DEEDS = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  "/": () => document.getElementById("q").select(), "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || typing(event.target)) return;
  // Arrows scroll the page as ever until a comment has been chosen.
  if (event.key.startsWith("Arrow") && !document.activeElement.closest(".said-by")) return;
  if (!(event.key in DEEDS)) return;
  event.preventDefault();
  DEEDS[event.key]();
});

// On narrow pages the filters begin folded.
if (matchMedia("(max-width: 1000px)").matches) document.querySelector(".facets-fold")?.removeAttribute("open");
