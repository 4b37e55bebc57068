// Keys: each names a command. They can be turned off (WCAG 2.1.4), since whoever speaks to his
// machine, or hits a key by chance, should do nothing.
import { recall, remember } from "./memory.js";

const KEYS = {
  " ": "toggle",
  k: "toggle",
  j: "back",
  l: "forward",
  ArrowLeft: "back-near",
  ArrowRight: "forward-near",
  ",": "previous",
  ".": "next",
  "[": "previous-chapter",
  "]": "next-chapter",
  "<": "slower",
  ">": "faster",
  g: "here",
  q: "quote",
  "/": "find",
  "?": "help",
};
/** Where an input method stands before the key (Korean, for one), its place on the board says what it is. */
const CODES = { Slash: "/", Comma: ",", Period: ".", BracketLeft: "[", BracketRight: "]" };
const SHIFTED = { "/": "?", ",": "<", ".": ">" };

const TYPED = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], dialog";
const OWN = "button, input, summary, audio, video, [role=toolbar], [popover]";
const OFF = "daebon:keys-off";

/** `commands` by name; one that isn't there leaves its key to the browser. */
export function listen(commands, box) {
  let on = recall(OFF) === null;
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    remember(OFF, on ? null : "1");
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (!event.target.closest(":modal")) commands.escape();
      return;
    }
    if (!on || event.target.closest(TYPED)) return;
    const key = meant(event);
    const name = KEYS[key];
    if (!name || !commands[name]) return;
    // What has the focus keeps the keys that mean something to it.
    const own = key === " " ? event.target.closest(OWN)?.matches(":not([type=range])") : key.startsWith("Arrow") && event.target.closest(OWN);
    if (own || ((key === " " || key.startsWith("Arrow")) && event.shiftKey)) return;
    event.preventDefault();
    if (!event.repeat || /^(back|forward|previous|next)/.test(name)) commands[name]();
  });
}

function meant({ key, code, shiftKey }) {
  if (key.startsWith("Arrow") || key === " ") return key;
  if (/^[!-~]$/.test(key)) return shiftKey && /[A-Za-z]/.test(key) ? "" : key.toLowerCase();
  const plain = code.startsWith("Key") ? code.slice(3).toLowerCase() : CODES[code];
  return (shiftKey ? SHIFTED[plain] : plain) ?? "";
}
