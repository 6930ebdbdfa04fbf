// Small comforts. Every page works without them.
document.documentElement.classList.add("js");

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  const close = event.target.closest("[data-close]");
  if (close) close.closest(".toast").remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A form marked data-autosubmit sends itself when a choice changes; its button stays for those without scripts.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

// A pressed button is not pressed twice: the second submission of the same form within a moment is dropped.
const sending = new WeakMap();
document.addEventListener("submit", (event) => {
  const last = sending.get(event.target);
  if (last && event.timeStamp - last < 1500) event.preventDefault();
  else sending.set(event.target, event.timeStamp);
});

// Paper shows the tables and methods that the screen keeps folded.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details.disclosure:not([open])")) {
    details.open = true;
    details.dataset.printed = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});
