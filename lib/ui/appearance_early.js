// Light, dark or as the machine: what the reader chose answers wherever the page asks for the machine's own preference.
// Before Streamlit's own script, so that a page never begins in the other one.
(() => {
  const NAME = "giao-dien";
  const QUERY = "(prefers-color-scheme: dark)";
  const ask = window.matchMedia.bind(window);
  const machine = ask(QUERY);

  const chosen = () => {
    try {
      const kept = window.localStorage.getItem(NAME);
      return kept === "light" || kept === "dark" ? kept : "system";
    } catch {
      return "system"; // a browser that keeps nothing
    }
  };

  const answer = {
    media: QUERY,
    onchange: null,
    get matches() {
      return chosen() === "system" ? machine.matches : chosen() === "dark";
    },
    addEventListener: (...given) => machine.addEventListener(...given),
    removeEventListener: (...given) => machine.removeEventListener(...given),
    addListener: (listener) => machine.addListener(listener),
    removeListener: (listener) => machine.removeListener(listener),
  };
  window.matchMedia = (query) => (query === QUERY ? answer : ask(query));

  // Streamlit asks again for the machine's preference after printing (checked on 1.67; a browser test holds it). Every
  // answer draws the whole page anew: not asked for where the page is as it should be.
  const apply = () => {
    const app = document.querySelector(".stApp");
    const wanted = answer.matches ? "dark" : "light";
    if (app && getComputedStyle(app).colorScheme !== wanted) window.dispatchEvent(new Event("afterprint"));
  };

  const choose = (value) => {
    try {
      window.localStorage.setItem(NAME, value);
    } catch {
      return;
    }
    apply();
  };

  window.addEventListener("storage", (event) => event.key === NAME && apply());
  window.appearance = { chosen, choose, apply };
})();
