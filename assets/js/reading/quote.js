// Selected words: copied with their source, linked to, shared, heard.
import { copied } from "../copy.js";
import { first } from "./text.js";

/** A selection is done when it hasn't changed for so long. */
const SETTLED_MS = 250;
/** Between the words and the menu, in pixels; a finger needs its handles free. */
const [AWAY, AWAY_TOUCH] = [10, 30];
/** Not the author's words. */
const NOT_TEXT = ".ref, .gap, .s-at";

const EDITABLE = "input, textarea, select, [contenteditable]";

/** Events: `only` (`detail` is the sentences that are to be heard), `closed` (the menu is gone, and
 * nothing is selected). */
export class Quote extends EventTarget {
  #menu;
  #text;
  #sentences;
  #say;
  #tell;
  #quote = null; // { words, sentences }
  #from = null; // what had the focus before the menu
  #timer = 0;
  #down = false;
  #touch = false;
  #done = 0;

  /** `isTimed` says whether a sentence can be heard. */
  constructor(menu, text, say, tell, isTimed) {
    super();
    this.#menu = menu;
    this.#text = text;
    this.#sentences = [...text.querySelectorAll(".s")];
    this.#say = say;
    this.#tell = tell;
    this.isTimed = isTimed;
    document.addEventListener("selectionchange", () => this.#later());
    document.addEventListener("pointerdown", (event) => {
      this.#touch = event.pointerType === "touch";
      if (menu.contains(event.target)) return event.preventDefault();
      this.#down = true;
    });
    for (const type of ["pointerup", "pointercancel"]) {
      document.addEventListener(type, () => {
        this.#down = false;
        this.#later();
      });
    }
    // The words stay selected while a button is pressed.
    menu.addEventListener("mousedown", (event) => event.preventDefault());
    menu.addEventListener("keydown", (event) => this.#walk(event));
    document.addEventListener("keydown", (event) => {
      // From the words Tab leads to what can be done with them.
      if (event.key !== "Tab" || event.shiftKey || menu.hidden || menu.contains(document.activeElement)) return;
      event.preventDefault();
      this.focus();
    });
    addEventListener("resize", () => this.#quote && !menu.hidden && this.#settled(), { passive: true });
  }

  get open() {
    return !this.#menu.hidden;
  }

  close() {
    if (!this.open) return;
    const inside = this.#menu.contains(document.activeElement);
    const [first] = this.#quote?.sentences ?? [];
    this.#menu.hidden = true;
    this.#quote = null;
    getSelection().removeAllRanges();
    if (inside) {
      // A sentence that holds links can't have the focus; the mark behind it can.
      const stop = first?.matches("a") ? first : first?.nextElementSibling;
      (this.#from === document.body ? stop : this.#from)?.focus({ preventScroll: true });
    }
    this.dispatchEvent(new Event("closed"));
  }

  /** Goes to the menu; what had the focus has it again when that closes. */
  focus() {
    this.#from = document.activeElement;
    this.#menu.querySelector("button:not([hidden])").focus({ preventScroll: true });
  }

  /** Quotes what is selected, else this sentence, and goes to the menu. */
  take(sentence) {
    if (!this.open && sentence) {
      getSelection().selectAllChildren(sentence);
      this.#settled();
    }
    if (this.open) this.focus();
  }

  /** Shows these sentences as selected, with the menu; the focus stays where it is. */
  pick(sentences, isForward) {
    const [first, last] = [sentences[0], sentences.at(-1)];
    const ends = [first, 0, last, last.childNodes.length];
    getSelection().setBaseAndExtent(...(isForward ? ends : [...ends.slice(2), ...ends.slice(0, 2)]));
    this.#settled();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settled(), SETTLED_MS);
  }

  #settled() {
    if (this.#down || this.#menu.contains(document.activeElement)) return;
    const selection = getSelection();
    const quote = selection.rangeCount > 0 && !selection.isCollapsed && !document.activeElement?.matches(EDITABLE) ? this.#read(selection.getRangeAt(0)) : null;
    // Other words have not been copied.
    if (quote?.words !== this.#quote?.words) this.#undone();
    this.#quote = quote;
    const wasOpen = this.open;
    this.#menu.hidden = quote === null;
    if (!quote) {
      if (wasOpen) this.dispatchEvent(new Event("closed"));
      return;
    }
    const timed = quote.sentences.some(this.isTimed);
    this.#menu.querySelector('[data-do="only"]').hidden = !timed;
    this.#menu.querySelector('[data-do="share"]').hidden = !navigator.share;
    this.#put(selection.getRangeAt(0));
  }

  /** The words of a range and the sentences that it touches. */
  #read(range) {
    if (!range.intersectsNode(this.#text)) return null;
    const [sentences, words] = [[], []];
    let end = null;
    const from = first(this.#sentences, (sentence) => range.comparePoint(sentence, sentence.childNodes.length) >= 0);
    for (const sentence of this.#sentences.slice(from)) {
      if (!range.intersectsNode(sentence)) break;
      const part = document.createRange();
      part.selectNodeContents(sentence);
      if (part.comparePoint(range.startContainer, range.startOffset) === 0) part.setStart(range.startContainer, range.startOffset);
      if (part.comparePoint(range.endContainer, range.endOffset) === 0) part.setEnd(range.endContainer, range.endOffset);
      const text = part.toString().replace(/\s+/g, " ").trim();
      if (!text) continue;
      if (end) words.push(between(end, sentence));
      words.push(text);
      sentences.push(sentence);
      end = sentence;
    }
    return sentences.length > 0 ? { words: words.join(""), sentences } : null;
  }

  /** Above the words, or below them where there is no room or a finger's own menu is. */
  #put(range) {
    const menu = this.#menu;
    const boxes = range.getClientRects();
    const [first, last] = [boxes[0] ?? range.getBoundingClientRect(), boxes[boxes.length - 1] ?? range.getBoundingClientRect()];
    const wide = document.documentElement.clientWidth;
    const { offsetWidth: width, offsetHeight: height } = menu;
    let top = first.top - height - AWAY;
    let middle = first.left + first.width / 2;
    if (this.#touch || top < AWAY) {
      top = last.bottom + (this.#touch ? AWAY_TOUCH : AWAY);
      middle = last.left + last.width / 2;
    }
    top = Math.min(Math.max(AWAY, top), innerHeight - height - AWAY);
    const left = Math.min(Math.max(8, middle - width / 2), Math.max(8, wide - width - 8));
    // It stays with the words when the page moves.
    const page = menu.offsetParent.getBoundingClientRect();
    menu.style.setProperty("top", `${top - page.top}px`);
    menu.style.setProperty("left", `${left - page.left}px`);
  }

  #walk(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [...this.#menu.querySelectorAll("button:not([hidden])")];
    const at = buttons.indexOf(document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length].focus();
  }

  /** The address of exactly these sentences, without what else stood in this one. */
  get link() {
    const { sentences } = this.#quote;
    const [first, last] = [sentences[0], sentences.at(-1)].map((s) => s.id.slice(2));
    const bare = document.querySelector("link[rel=canonical]").href;
    return `${bare}?s=${first === last ? first : `${first}-${last}`}`;
  }

  get #source() {
    return { title: document.querySelector("article h1").textContent.trim(), show: document.querySelector('meta[property="og:site_name"]')?.content ?? location.host };
  }

  copyQuote() {
    if (!this.#quote) return;
    void this.#copy(this.#say("quoted", { words: this.#quote.words, ...this.#source, link: this.link }));
  }

  copyLink() {
    if (this.#quote) void this.#copy(this.link);
  }

  async share() {
    if (!this.#quote) return;
    try {
      await navigator.share({ title: this.#source.title, text: `“${this.#quote.words}”`, url: this.link });
      this.close();
    } catch {
      // The reader thought better of it.
    }
  }

  only() {
    const timed = this.#quote?.sentences.filter(this.isTimed);
    if (!timed?.length) return;
    this.close();
    this.dispatchEvent(new CustomEvent("only", { detail: timed }));
  }

  #undone() {
    clearTimeout(this.#done);
    delete this.#menu.dataset.done;
  }

  async #copy(text) {
    const button = this.#menu.contains(document.activeElement) ? document.activeElement : null;
    const done = (await copied(text)) ? "copied" : "failed";
    this.#tell(this.#say(done));
    // Seen as well: the menu itself says it for a moment, then goes.
    this.#menu.dataset.done = this.#say(done);
    clearTimeout(this.#done);
    this.#done = setTimeout(() => {
      this.#undone();
      if (button || done === "copied") this.close();
    }, 1200);
  }
}

/** What stands between two sentences: nothing in Chinese and Japanese, a line between paragraphs. */
function between(one, other) {
  if (one.closest("p, li, blockquote, h2, h3, h4") !== other.closest("p, li, blockquote, h2, h3, h4")) return "\n";
  const gap = document.createRange();
  gap.setStartAfter(one);
  gap.setEndBefore(other);
  const rest = gap.cloneContents();
  for (const other of rest.querySelectorAll(NOT_TEXT)) other.remove();
  return /\s/.test(rest.textContent) ? " " : "";
}
