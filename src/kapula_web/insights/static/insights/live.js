// A chart comes alive when someone reaches for it: until then it is the server's picture, and the chart program is not fetched.
const program = () => {
  if (!window.kapulaProgram) {
    window.kapulaProgram = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = document.querySelector("meta[name=chart-program]").content;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }
  return window.kapulaProgram;
};

// The tip is ours, so that it follows the page's tokens and needs no style of its own.
const tip = document.createElement("div");
tip.className = "chart-tip";
tip.hidden = true;
document.body.append(tip);

const showTip = (_handler, event, _item, value) => {
  tip.hidden = value === null || value === undefined || typeof value !== "object";
  if (tip.hidden) return;
  const list = document.createElement("dl");
  for (const [name, text] of Object.entries(value)) {
    const term = document.createElement("dt");
    const told = document.createElement("dd");
    term.textContent = name;
    told.textContent = text;
    list.append(term, told);
  }
  tip.replaceChildren(list);
  const place = tip.getBoundingClientRect();
  tip.style.left = `${Math.min(event.clientX + 14, window.innerWidth - place.width - 8)}px`;
  tip.style.top = `${Math.min(event.clientY + 14, window.innerHeight - place.height - 8)}px`;
};

const enliven = async (figure) => {
  if (figure.dataset.live) return;
  figure.dataset.live = "waiting";
  const [answer] = await Promise.all([fetch(figure.dataset.spec).then((response) => response.json()), program()]);
  const narrow = figure.clientWidth < 560;
  const heights = answer.heights ?? { wide: 340, narrow: 280 };
  const spec = { ...answer.spec, width: figure.clientWidth, height: narrow ? heights.narrow : heights.wide };
  const place = document.createElement("div");
  figure.append(place);
  await window.kapulaEmbed(place, spec, {
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: showTip,
    formatLocale: answer.formatLocale,
  });
  figure.classList.add("is-live");
};

const reach = (event) => {
  const figure = event.target.closest?.(".live[data-spec]");
  if (figure) enliven(figure).catch(() => delete figure.dataset.live);
};

document.addEventListener("pointerover", reach, { passive: true });
document.addEventListener("touchstart", reach, { passive: true });
let width = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === width) return; // a phone's address bar comes and goes
  width = window.innerWidth;
  for (const figure of document.querySelectorAll(".live.is-live")) {
    figure.classList.remove("is-live");
    figure.lastElementChild.remove();
    delete figure.dataset.live;
  }
});
