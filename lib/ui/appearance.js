// The three choices at the foot of the sidebar; and, for those who hear the page, what has changed on it.
const PAPER_PIXELS = 670; // within the margins of an A4 page and the edges of a card

export default function ({ parentElement }) {
  const choices = [...parentElement.querySelectorAll("input")];
  const show = () => choices.forEach((choice) => (choice.checked = choice.value === window.appearance.chosen()));
  const chosen = (event) => window.appearance.choose(event.target.value);
  choices.forEach((choice) => choice.addEventListener("change", chosen));
  window.addEventListener("storage", show);
  show();

  // A chart is as wide as the screen was; on paper it is made as small as the sheet asks.
  const fit = () =>
    document
      .querySelectorAll(".js-plotly-plot")
      .forEach((chart) => chart.style.setProperty("--fit", Math.min(1, PAPER_PIXELS / chart.offsetWidth)));
  window.addEventListener("beforeprint", fit);

  const status = document.createElement("div");
  status.setAttribute("role", "status");
  status.className = "unseen";
  document.body.append(status);

  const text = (name) => document.querySelector(name)?.innerText.trim() ?? "";
  const source = () => text(".kh.caption") || text(".kh.title p");
  let page = text("h1");
  let said = "";
  const tell = () => {
    // Streamlit's list of pages holds boxes of pages; each box is made the list, which is what a screen reader expects.
    for (const box of document.querySelectorAll("[data-testid=stSidebarNavItems] > div:has(> li)")) {
      box.parentElement.setAttribute("role", "presentation");
      box.setAttribute("role", "list");
      box.setAttribute("aria-label", box.querySelector("header")?.innerText.split("\n")[0] ?? "");
    }
    // What every printed page says of itself.
    document.documentElement.style.setProperty("--printed", JSON.stringify(source()));
    const news = [text(".kh.found"), text(".kh.lead"), text(".kh.caption")].filter(Boolean).join(". ");
    if (news && said && news !== said && page === text("h1")) status.textContent = news;
    page = text("h1");
    said = news || said;
  };

  let waiting = 0;
  const watcher = new MutationObserver(() => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(tell, 300);
  });
  watcher.observe(document.getElementById("root"), { childList: true, subtree: true, characterData: true });
  tell();

  return () => {
    watcher.disconnect();
    window.clearTimeout(waiting);
    window.removeEventListener("storage", show);
    window.removeEventListener("beforeprint", fit);
    choices.forEach((choice) => choice.removeEventListener("change", chosen));
    status.remove();
  };
}
