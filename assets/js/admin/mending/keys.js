// Keys and buttons: each names a command, and a command is done in one place.

/** By the place of a key on the board, so that a Korean input method changes nothing. */
const KEYS = {
  Space: "toggle",
  Enter: "tap",
  NumpadEnter: "tap",
  KeyT: "tap",
  KeyP: "from",
  KeyO: "only",
  ArrowUp: "previous",
  ArrowDown: "next",
  KeyK: "previous",
  KeyJ: "next",
  KeyG: "here",
  ArrowLeft: "back",
  ArrowRight: "forward",
  "Shift+ArrowLeft": "back-far",
  "Shift+ArrowRight": "forward-far",
  BracketLeft: "start-earlier",
  BracketRight: "start-later",
  "Shift+BracketLeft": "start-earlier-fine",
  "Shift+BracketRight": "start-later-fine",
  Comma: "end-earlier",
  Period: "end-later",
  "Shift+Comma": "end-earlier-fine",
  "Shift+Period": "end-later-fine",
  KeyS: "start-here",
  KeyE: "end-here",
  KeyX: "split",
  KeyM: "join",
  KeyN: "silent",
  KeyF: "free",
  KeyC: "fix",
  KeyR: "realign",
  KeyU: "unsure",
  "Shift+KeyU": "unsure-back",
  Minus: "slower",
  Equal: "faster",
  KeyZ: "zoom-in",
  "Shift+KeyZ": "zoom-out",
  "Shift+Slash": "keys",
  "Mod+KeyZ": "undo",
  "Mod+Shift+KeyZ": "redo",
  "Mod+KeyY": "redo",
};

/** These may be held down. */
const HELD = /^(start|end)-(earlier|later)|^(back|forward|previous|next)/;
const OFF = "daebon:mending:keys-off";

export class Keys {
  #commands;
  #on = true;

  constructor(root, commands) {
    this.#commands = commands;
    document.addEventListener("keydown", (event) => this.#pressed(event));
    root.addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      if (name) commands[name]?.({ byKey: false, repeat: false });
      // Pressed by a pointer (it counts its clicks, a key does not): the keys stay the page's, so
      // that Enter after a press on a sentence taps and does not press it again.
      if (event.detail > 0 && name !== "split") event.target.closest("button")?.blur();
    });
    const box = root.querySelector('[data-part="keys-on"]');
    try {
      this.#on = localStorage.getItem(OFF) === null;
    } catch {
      // On, then.
    }
    box.checked = this.#on;
    box.addEventListener("change", () => {
      this.#on = box.checked;
      try {
        if (this.#on) localStorage.removeItem(OFF);
        else localStorage.setItem(OFF, "1");
      } catch {
        // Holds for this page alone.
      }
    });
  }

  #pressed(event) {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    const mod = event.ctrlKey || event.metaKey;
    // Keys without Ctrl can be put off (WCAG 2.1.4).
    if (!mod && !this.#on) return;
    const name = KEYS[`${mod ? "Mod+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`];
    if (!name || !this.#commands[name]) return;
    const on = event.target;
    if (on.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    // A button that is focused keeps its own keys, so does an open list of words.
    if (on.closest("button, a, summary, [type=checkbox]") && ["Space", "Enter"].includes(event.code)) return;
    if (event.repeat && !HELD.test(name)) return event.preventDefault();
    event.preventDefault();
    this.#commands[name]({ byKey: true, repeat: event.repeat });
  }
}
