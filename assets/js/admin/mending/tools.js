// The sentence at hand: its times to type, and its words to split it between.
import { isByHand, isSilent, isTimed } from "./model.js";
import { kindOf } from "./list.js";
import { clock, parseClock } from "./text.js";

export class Tools extends EventTarget {
  #root;
  #model;
  #say;
  #line = null;
  #splitting = false;

  constructor(root, model, say) {
    super();
    this.#root = root;
    this.#model = model;
    this.#say = say;
    for (const name of ["start", "end"]) {
      const input = this.#part(name);
      input.addEventListener("change", () => this.#typed(name, input));
      input.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
          this.show(this.#line);
          input.blur();
        }
      });
    }
    this.#part("words").addEventListener("click", (event) => {
      const at = event.target.closest("button")?.dataset.at;
      if (at) this.dispatchEvent(new CustomEvent("split", { detail: { line: this.#line, at: Number(at) } }));
    });
    this.#part("words").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.split(false);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const all = [...this.#part("words").querySelectorAll("button")];
      all[Math.min(all.length - 1, Math.max(0, all.indexOf(document.activeElement) + step))]?.focus();
    });
  }

  get splitting() {
    return this.#splitting;
  }

  #part(name) {
    return this.#root.querySelector(`[data-tool="${name}"]`);
  }

  show(line) {
    if (line !== this.#line && this.#splitting && line?.id !== this.#line?.id) this.split(false);
    this.#line = line;
    this.#root.toggleAttribute("data-empty", !line);
    if (!line) return;
    const { times } = line;
    const timed = isTimed(times);
    const [kind, icon] = kindOf(times);
    this.#set("place", this.#say("place", { n: line.index + 1, count: this.#model.lines.length }));
    this.#set("icon", icon);
    this.#set("origin", this.#say(`origin_${kind}`));
    this.#set("length", timed ? this.#say("seconds", { seconds: ((times.end - times.start) / 1000).toFixed(2) }) : "");
    for (const name of ["start", "end"]) {
      const input = this.#part(name);
      if (document.activeElement !== input || input.value === "") input.value = timed ? clock(times[name], 2) : "";
      input.removeAttribute("aria-invalid");
    }
    const silent = this.#root.querySelector('[data-do="silent"]');
    silent.setAttribute("aria-pressed", String(isSilent(times)));
    this.#root.querySelector('[data-do="free"]').disabled = !isByHand(times);
    this.#root.querySelector('[data-do="join"]').disabled = this.#model.lines[line.index + 1]?.block !== line.block;
    for (const button of this.#root.querySelectorAll("[data-timed]")) button.disabled = !timed;
    this.#set("text", line.text);
  }

  #set(name, text) {
    const part = this.#part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  #typed(name, input) {
    const ms = parseClock(input.value);
    const good = ms !== null && ms <= this.#model.durationMs;
    input.toggleAttribute("aria-invalid", !good);
    if (good) this.dispatchEvent(new CustomEvent("typed", { detail: { name, ms } }));
    else input.setAttribute("aria-invalid", "true");
  }

  /** Offers the words of the sentence: one is pressed with which the second part begins. */
  split(on, focus = false) {
    this.#splitting = on && this.#line !== null;
    const words = this.#part("words");
    words.parentElement.hidden = !this.#splitting;
    this.#part("text").hidden = this.#splitting;
    this.#root.querySelector('[data-do="split"]').setAttribute("aria-expanded", String(this.#splitting));
    words.replaceChildren();
    if (!this.#splitting) return;
    words.lang = this.#root.closest("[data-lang]").dataset.lang;
    const { text } = this.#line;
    const starts = wordStarts(text, words.lang);
    let from = 0;
    for (const at of [...starts, text.length]) {
      const word = text.slice(from, at);
      if (from === 0) words.append(Object.assign(document.createElement("span"), { textContent: word }));
      else {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: word });
        // The server counts characters, not units of UTF-16.
        button.dataset.at = String([...text.slice(0, from)].length);
        words.append(button);
      }
      from = at;
    }
    if (focus) words.querySelector("button")?.focus();
  }
}

/** Where words begin, but for the first: behind spaces, or anywhere in a language without. */
function wordStarts(text, lang) {
  const behindSpaces = [...text.matchAll(/(?<=\S\s+)\S/gu)].map((hit) => hit.index);
  if (behindSpaces.length > 0 || !("Segmenter" in Intl)) return behindSpaces;
  const segments = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
  return [...segments].filter((s) => s.isWordLike && s.index > 0).map((s) => s.index);
}
