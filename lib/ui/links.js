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

  const clicked = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
    if (!link || !plain(event)) return;
    event.preventDefault();
    const target = new URL(link.href);
    window.history.pushState({}, "", target.pathname + target.search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    arrive(target.hash.slice(1));
  };

  document.addEventListener("click", clicked);
  return () => document.removeEventListener("click", clicked);
}
