// The projected screen: one scene at a time over everything else, driven by keys, a clicker, touch or the mouse.
// It stands outside the program's own page, so that whatever happens there the last scene stays readable.

const PLACE = "trinh-chieu"; // in sessionStorage: which scene this tab shows
const AWAKE = 5000;
const NOTE = 12000;
const HEALTH = 4000;
const PATIENCE = 3000; // a page that is drawn anew is back by then

class Deck {
  constructor() {
    this.root = document.createElement("main");
    this.root.className = "kh deck";
    this.root.tabIndex = -1;
    this.path = window.location.pathname;
    this.at = 0;
    this.playing = 0;
    this.misses = 0;
    this.typed = "";
    this.undo = [];
    document.body.append(this.root);
    document.body.classList.add("meeting");
    document.getElementById("root").inert = true;
    // The program's own dialogs (connection lost) switch off everything beside them; here they are out of sight.
    this.guard = new MutationObserver(() => this.alive());
    this.guard.observe(this.root, { attributeFilter: ["inert", "aria-hidden"] });
    this.listen(window, "keydown", (event) => this.key(event), { capture: true });
    this.listen(window, "resize", () => this.lay());
    for (const name of ["mousemove", "touchstart", "focusin"]) this.listen(this.root, name, () => this.wake());
    this.listen(this.root, "touchstart", (event) => (this.touched = event.touches[0].clientX), { passive: true });
    this.listen(this.root, "touchend", (event) => this.swipe(event.changedTouches[0].clientX - this.touched));
    this.colours();
    this.painter = new MutationObserver(() => this.colours());
    this.painter.observe(document.querySelector(".stApp"), { attributeFilter: ["class", "style"] });
    this.watch = setInterval(() => this.check(), HEALTH);
    // Other letters, other widths: a face is fetched when its first letter is on the screen.
    this.listen(document.fonts, "loadingdone", () => this.lay());
  }

  listen(target, name, handler, options) {
    target.addEventListener(name, handler, options);
    this.undo.push(() => target.removeEventListener(name, handler, options));
  }

  close() {
    for (const undo of this.undo) undo();
    clearInterval(this.watch);
    clearTimeout(this.abandoned);
    this.guard.disconnect();
    this.painter.disconnect();
    this.play(false);
    clearTimeout(this.sleep);
    this.root.remove();
    document.body.classList.remove("meeting");
    document.getElementById("root").inert = false;
  }

  // Light or dark as the program behind.
  colours() {
    this.root.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  }

  alive() {
    for (const name of ["inert", "aria-hidden"]) this.root.removeAttribute(name);
  }

  // New data: the same scene stays on the screen with its new figures.
  show(data) {
    const before = this.data;
    this.data = data;
    if (before?.pace !== data.pace) this.pace = data.pace;
    if (before?.html !== data.html) this.lay();
    if (before && before.stamp !== data.stamp) this.note(`Số liệu vừa được cập nhật: ${data.said}.`);
    if (data.trouble || before?.trouble) this.note(data.trouble || "", true);
  }

  lay() {
    if (!this.data) return;
    const held = this.scenes ? this.place() : this.remembered();
    // Made by the server's templates, which escape every value. The style stays with the deck, whatever the page does.
    this.root.innerHTML = `<style>${this.data.style}</style>${this.data.html}${this.frame()}`;
    splitIntoScreens(this.root);
    this.scenes = [...this.root.querySelectorAll(".scene")];
    this.at = this.find(held);
    for (const button of this.root.querySelectorAll("button"))
      button.addEventListener("click", () => this[button.dataset.do]());
    this.draw();
  }

  frame() {
    return `<footer class="df"><span class="where" aria-live="polite"></span><span class="hints">
      <span class="only-large">← → chuyển cảnh · phím số: tới cảnh · B: tắt hình</span>
      <button data-do="previous" aria-label="Cảnh trước">←</button><button data-do="next" aria-label="Cảnh sau">→</button>
      <button data-do="play" aria-pressed="false">Tự chạy (P)</button>
      <button data-do="full" class="only-large">Toàn màn hình (F)</button><button data-do="leave">Thoát (Esc)</button></span></footer>
      <p class="note" role="status"></p><div class="progress" aria-hidden="true"><i></i></div>`;
  }

  place() {
    const scene = this.scenes[this.at];
    return { code: scene.dataset.code, part: Number(scene.dataset.part || 1), at: this.at };
  }

  remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(PLACE)) || { at: 0 };
    } catch {
      return { at: 0 };
    }
  }

  // The same part of the same scene; else its last part; else what stands at that place now.
  find({ code, part, at }) {
    const same = this.scenes.flatMap((scene, index) => (scene.dataset.code === code ? [index] : []));
    return same[Math.min(part, same.length) - 1] ?? Math.max(0, Math.min(at || 0, this.scenes.length - 1));
  }

  draw() {
    const count = this.scenes.length;
    this.scenes.forEach((scene, index) => {
      scene.classList.toggle("on", index === this.at);
      scene.toggleAttribute("inert", index !== this.at);
    });
    const name = this.scenes[this.at].dataset.name;
    this.root.querySelector(".where").textContent =
      `${this.at + 1} / ${count} · ${name}${this.playing ? ` · tự chuyển sau ${this.pace} giây` : ""}`;
    this.root.querySelector(".progress i").style.width = `${((this.at + 1) * 100) / count}%`;
    const play = this.root.querySelector("[data-do=play]");
    play.setAttribute("aria-pressed", String(Boolean(this.playing)));
    play.textContent = this.playing ? "Dừng (P)" : "Tự chạy (P)";
    this.root.setAttribute("aria-label", `Trình chiếu, cảnh ${this.at + 1} trên ${count}: ${name}`);
    this.root.dataset.at = String(this.at);
    sessionStorage.setItem(PLACE, JSON.stringify(this.place()));
  }

  go(index) {
    this.root.classList.remove("dark-out");
    this.at = Math.max(0, Math.min(index, this.scenes.length - 1));
    this.draw();
    if (this.playing) this.start();
  }

  next() {
    this.go(this.at + 1);
  }

  previous() {
    this.go(this.at - 1);
  }

  play(wanted = !this.playing) {
    clearInterval(this.playing);
    this.playing = 0;
    if (wanted) this.start();
    if (this.scenes) this.draw();
  }

  start() {
    clearInterval(this.playing);
    // After the last scene the first: a screen in a hallway goes round.
    this.playing = setInterval(() => this.go((this.at + 1) % this.scenes.length), this.pace * 1000);
  }

  faster(step) {
    const { paces } = this.data;
    const place = paces.indexOf(this.pace) + step;
    this.pace = paces[Math.max(0, Math.min(place, paces.length - 1))];
    if (this.playing) this.start();
    this.draw();
    this.note(`Mỗi cảnh ${this.pace} giây.`);
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => this.note("Trình duyệt không cho mở toàn màn hình. Bấm F11."));
  }

  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.close();
    window.history.pushState({}, "", new URL(this.data.leave, document.baseURI));
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  black() {
    this.root.classList.toggle("dark-out");
  }

  number(digit) {
    // "1" then "2" within a second is scene 12.
    clearTimeout(this.typing);
    this.typed += digit;
    if (Number(this.typed) > this.scenes.length) this.typed = digit;
    this.typing = setTimeout(() => (this.typed = ""), 1000);
    if (Number(this.typed)) this.go(Number(this.typed) - 1);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof Element && event.target.closest(".deck button");
    if (onButton && [" ", "Enter"].includes(event.key)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const done = /^[0-9]$/.test(key) ? () => this.number(key) : KEYS[key];
    // Letters are keys of the program behind as well.
    event.stopPropagation();
    if (!done) return;
    event.preventDefault();
    done(this);
  }

  swipe(distance) {
    if (Math.abs(distance) > 60) this.go(this.at + (distance < 0 ? 1 : -1));
  }

  wake() {
    clearTimeout(this.sleep);
    this.root.classList.add("awake");
    this.sleep = setTimeout(() => this.root.classList.remove("awake"), AWAKE);
  }

  note(text, lasting = false) {
    clearTimeout(this.noting);
    this.root.querySelector(".note").textContent = text;
    if (!lasting) this.noting = setTimeout(() => this.note("", true), NOTE);
  }

  // Whether the server still answers; what is on the screen stays in any case.
  async check() {
    let answers = false;
    try {
      const health = new URL("_stcore/health", document.baseURI);
      answers = (await fetch(health, { cache: "no-store", signal: AbortSignal.timeout(HEALTH - 500) })).ok;
    } catch {
      // Not answering is the answer.
    }
    const before = this.misses;
    this.misses = answers ? 0 : before + 1;
    if (this.misses === 2) this.note(`Mất kết nối với máy chủ. Màn hình giữ nguyên số liệu ${this.data.said}.`, true);
    if (answers && before >= 2) this.note("Đã kết nối lại.");
  }
}

const KEYS = {
  ArrowRight: (deck) => deck.next(),
  PageDown: (deck) => deck.next(),
  " ": (deck) => deck.next(),
  Enter: (deck) => deck.next(),
  ArrowLeft: (deck) => deck.previous(),
  PageUp: (deck) => deck.previous(),
  Backspace: (deck) => deck.previous(),
  Home: (deck) => deck.go(0),
  End: (deck) => deck.go(deck.scenes.length - 1),
  ArrowUp: (deck) => deck.faster(-1),
  ArrowDown: (deck) => deck.faster(1),
  f: (deck) => deck.full(),
  // The "start" key of a clicker; reloading would take the screen away.
  F5: (deck) => deck.full(),
  p: (deck) => deck.play(),
  b: (deck) => deck.black(),
  ".": (deck) => deck.black(),
  Escape: (deck) => deck.leave(),
};

// Taken away by the program while the address is still this one: a session that ended, a page that could not be drawn.
// The screen keeps what it has; whoever leaves with Escape finds out what the program has to say.
function abandoned(deck) {
  if (window.location.pathname !== deck.path) return deck.close();
  deck.abandoned = setTimeout(() => deck.note(deck.data.kept, true), PATIENCE);
}

export default function ({ data }) {
  const open = window.meetingDeck;
  if (open?.root.isConnected) {
    clearTimeout(open.abandoned);
    keepChoice(data.choice.names);
  } else {
    window.meetingDeck = new Deck();
    takeUpChoice(data.choice);
  }
  const deck = window.meetingDeck;
  deck.show(data);
  deck.wake();
  return () => abandoned(deck);
}
