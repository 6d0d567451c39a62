// A plain left click on a[data-go] changes the address and tells the running program so, as the back button does;
// every other click is the browser's own.
export default function () {
  const plain = (event) =>
    !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

  const show = (name, until) => {
    const place = document.getElementById(name);
    if (place) place.scrollIntoView({ block: "center" });
    else if (performance.now() < until) requestAnimationFrame(() => show(name, until));
  };

  const arrive = (name) => {
    if (name) show(name, performance.now() + 5000);
    else document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };

  // Inside [data-in-turn] every link says what is to become of the list as it stands: one clicked before the last click
  // was answered waits for the answer, and is then the link of the same words in the list as it has become.
  const LONGEST_MS = 5000;
  let last = null;
  let lastAt = 0;
  const words = (link) => link.getAttribute("aria-label") ?? link.textContent;
  const unanswered = () => last?.isConnected && performance.now() - lastAt < LONGEST_MS;

  const inTurn = (said) => {
    if (unanswered()) requestAnimationFrame(() => inTurn(said));
    else [...document.querySelectorAll("[data-in-turn] a[data-go]")].find((link) => words(link) === said)?.click();
  };

  const clicked = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
    if (!link || !plain(event)) return;
    event.preventDefault();
    if (link.closest("[data-in-turn]")) {
      if (unanswered()) return inTurn(words(link));
      last = link;
      lastAt = performance.now();
    }
    go(link);
  };

  const go = (link) => {
    const target = new URL(link.href);
    window.history.pushState({}, "", target.pathname + target.search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    arrive(target.hash.slice(1));
  };

  // Opened afresh at a place in a page (a new tab, or a click before this script had arrived): go there once.
  const landed = window.location.hash.slice(1);
  if (landed) {
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    arrive(landed);
  }
  document.addEventListener("click", clicked);
  document.documentElement.dataset.links = "ready";
  return () => document.removeEventListener("click", clicked);
}
