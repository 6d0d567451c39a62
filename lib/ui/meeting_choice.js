// The script of a meeting that was chosen on this machine. An address with a choice in it is kept; the first address
// without one takes the kept choice up again. A meeting recorded since then takes the place of the day chosen before.

const CHOICE = "trinh-chieu-lua-chon"; // in localStorage

function keepChoice(names) {
  const asked = new URL(window.location.href).searchParams;
  const chosen = names.filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]);
  localStorage.setItem(CHOICE, JSON.stringify(chosen));
}

function takeUpChoice({ names, since, met }) {
  const url = new URL(window.location.href);
  if (names.some((name) => url.searchParams.has(name))) return keepChoice(names);
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(CHOICE)) || [];
  } catch {
    // Something else wrote there: as if nothing had been chosen.
  }
  const fresh = kept.filter(([name, value]) => names.includes(name) && (name !== since || value > met));
  if (!fresh.length) return;
  for (const [name, value] of fresh) url.searchParams.set(name, value);
  window.history.replaceState({}, "", url);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
