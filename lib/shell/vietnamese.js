// Puts Streamlit's own words into Vietnamese as they appear, before they are painted. `streamlitWords` is the
// dictionary: whole texts, and patterns for those with a name or number in them. Runs before Streamlit does.
(() => {
  "use strict";
  // Calendars and numbers follow the language of the browser, which in an office is often English.
  const language = { get: () => "vi-VN", configurable: true };
  Object.defineProperty(Navigator.prototype, "language", language);
  Object.defineProperty(Navigator.prototype, "languages", { get: () => ["vi-VN", "vi"], configurable: true });

  const { whole, patterns, months, theirs, ours, attributes } = window.streamlitWords;
  const words = new Map(Object.entries(whole));
  const rules = patterns.map(([pattern, instead]) => [new RegExp(`^${pattern}$`), instead]);
  // What people wrote is left alone (`theirs`), but for places inside it where Streamlit writes (`ours`).
  const THEIRS = theirs.join(), OURS = ours.join();

  // What is read out of a day is in English whatever the language: "November 25, 2026", "11 – November".
  const MONTH = months.join("|");
  const DAY = new RegExp(`\\b(${MONTH}) (\\d{1,2}), (\\d{4})`, "g"), NAMED = new RegExp(`^(\\d+) – (?:${MONTH})$`);
  const withDays = (text) => text.replace(DAY, (_, month, day, year) => `${day}/${months.indexOf(month) + 1}/${year}`);

  const inWords = (bare) => {
    const known = words.get(bare.replace(/\s+/g, " "));
    if (known !== undefined) return known;
    return rules.reduce((text, rule) => text.replace(...rule), withDays(bare)).replace(NAMED, "$1");
  };

  const translated = (text) => {
    const bare = text.trim();
    const instead = bare.length < 2 ? bare : inWords(bare);
    return instead === bare ? null : text.replace(bare, () => instead);
  };

  const isTheirs = (element) => Boolean(element?.closest(THEIRS)) && !element.closest(OURS);

  const putText = (node) => {
    const instead = translated(node.data);
    if (instead !== null) node.data = instead;
  };

  const putAttribute = (element, name) => {
    const instead = element.hasAttribute(name) ? translated(element.getAttribute(name)) : null;
    if (instead !== null) element.setAttribute(name, instead);
  };

  const putAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (!isTheirs(root.parentElement)) putText(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || isTheirs(root)) {
      // Something of Streamlit's may stand inside what is theirs.
      root.querySelectorAll?.(OURS).forEach(putAll);
      return;
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && isTheirs(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) putText(node);
      else attributes.forEach((name) => putAttribute(node, name));
    }
  };

  const changed = {
    childList: (record) => record.addedNodes.forEach(putAll),
    characterData: (record) => putAll(record.target),
    attributes: (record) => isTheirs(record.target) || putAttribute(record.target, record.attributeName),
  };
  new MutationObserver((records) => records.forEach((record) => changed[record.type](record))).observe(
    document.documentElement,
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
  putAll(document.documentElement);
})();

// The script that draws charts is large and the first page does without it: fetched once the page has come to rest.
(() => {
  "use strict";
  const later = document.currentScript?.dataset.later, patience = 3000;
  if (!later || navigator.connection?.saveData) return;
  const fetchIt = () => {
    const link = Object.assign(document.createElement("link"), { rel: "prefetch", as: "script", href: later });
    link.crossOrigin = "";
    document.head.append(link);
  };
  const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 0));
  window.addEventListener("load", () => setTimeout(() => whenIdle(fetchIt), patience));
})();
