// The page before the program: it gives way once the program has drawn the page itself, or has something else to say.
(() => {
  "use strict";
  const LONGEST = 20000;
  const DRAWN = "#root .kh.caption, #root .kh.message, #root [data-testid=stForm]";
  const SAYS = "[data-testid=stDialog], .deck";
  const view = document.getElementById("first-view");
  if (!view) return;
  const chosen = window.appearance.chosen();
  if (chosen !== "system") view.style.colorScheme = chosen;

  // Noted as it happens: asked for at the end, it would have the whole page measured once more.
  let scrolled = 0;
  view.addEventListener("scroll", () => (scrolled = view.scrollTop), { passive: true });

  const leave = () => {
    watcher.disconnect();
    const main = document.querySelector("[data-testid=stMain]");
    view.remove();
    if (main && scrolled) main.scrollTop = scrolled;
  };
  const look = () => document.querySelector(DRAWN) || document.querySelector(SAYS) ? leave() : undefined;
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { childList: true, subtree: true });
  setTimeout(leave, LONGEST);
})();
