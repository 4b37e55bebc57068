// The sentences as things to press and to walk among.

/** What stands in the text for a sentence: itself, the mark of one that holds links, speech that
 * isn't written. */
const STOPS = "a.s, .s-at, .gap";

/** Events: `heard` (a sentence or gap was chosen; `detail` is its element), `quoted` (one without
 * sound was chosen by key), `picked` (a passage was chosen by key; `detail` is its sentences in the
 * order of the text and whether the last one of them was walked to), `left` (the passage was walked
 * away from). */
export class Sentences extends EventTarget {
  #text;
  #stops;
  #place = new Map(); // stop to its number
  #stop = null; // the one that Tab finds
  #anchor = null; // the stop at which a passage was begun by key
  #selecting = false;

  constructor(text) {
    super();
    this.#text = text;
    this.#stops = [...text.querySelectorAll(STOPS)];
    this.#stops.forEach((stop, number) => {
      this.#place.set(stop, number);
      stop.tabIndex = -1;
    });
    this.#moveTo(this.#stops[0]);
    text.addEventListener("focusin", (event) => this.#moveTo(event.target.closest(STOPS)));
    text.addEventListener("keydown", (event) => this.#walk(event));
    text.addEventListener("click", (event) => this.#click(event));
    text.addEventListener("pointerdown", (event) => this.#touch(event));
  }

  /** The sentence or gap that a stop stands for. */
  #meant(stop) {
    return stop?.classList.contains("s-at") ? document.getElementById(stop.hash.slice(1)) : stop;
  }

  /** The sentence with the focus, or `null`. */
  get focused() {
    return this.#meant(document.activeElement?.closest(STOPS)) ?? null;
  }

  /** Gives a sentence the focus where the page stands. */
  focus(sentence) {
    const stop = sentence.matches(STOPS) ? sentence : this.#stops.find((s) => this.#meant(s) === sentence);
    stop?.focus({ preventScroll: true });
  }

  /** The one that Tab finds is the one heard or visited last. */
  visit(sentence) {
    if (!this.#text.contains(document.activeElement)) this.#moveTo(sentence.matches(STOPS) ? sentence : null);
  }

  #moveTo(stop) {
    if (!stop || stop === this.#stop) return;
    if (this.#stop) this.#stop.tabIndex = -1;
    stop.tabIndex = 0;
    this.#stop = stop;
  }

  #walk(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const at = this.#place.get(event.target);
    if (!by || at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) return this.#pick(at, by);
    if (this.#anchor) this.dispatchEvent(new Event("left"));
    this.#stops[at + by]?.focus();
  }

  /** One sentence more or less of a passage that began where the focus was. */
  #pick(at, by) {
    const isWritten = (stop) => !stop.matches(".gap");
    if (!isWritten(this.#stops[at])) return;
    this.#anchor ??= this.#stops[at];
    let to = at + by;
    while (this.#stops[to] && !isWritten(this.#stops[to])) to += by;
    this.#stops[to]?.focus();
    const ends = [this.#place.get(this.#anchor), this.#place.get(document.activeElement)];
    const isForward = ends[0] <= ends[1];
    const [first, last] = isForward ? ends : ends.toReversed();
    const picked = this.#stops.slice(first, last + 1).filter(isWritten);
    this.dispatchEvent(new CustomEvent("picked", { detail: [picked.map((stop) => this.#meant(stop)), isForward] }));
  }

  /** Forgets where a passage was begun. */
  drop() {
    this.#anchor = null;
  }

  #click(event) {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const hit = event.target.closest("a, .s");
    // A link of the author's leads where it says.
    if (!hit?.matches(".s, .s-at, .gap")) return;
    event.preventDefault();
    const byKey = event.detail === 0;
    // What ends a selection, or was meant to put one away, is no choice.
    if (!byKey && (this.#selecting || !getSelection().isCollapsed)) return;
    const sentence = this.#meant(hit);
    if (sentence.dataset.t) this.dispatchEvent(new CustomEvent("heard", { detail: sentence }));
    else if (byKey) this.dispatchEvent(new CustomEvent("quoted", { detail: sentence }));
  }

  /** Text inside a link can't be selected, by mouse or by finger: the browser would drag the link
   * away or offer to open it. So a link that is touched is none for as long. */
  #touch(event) {
    this.#selecting = !getSelection().isCollapsed;
    const link = event.target.closest("a.s, .gap");
    if (!link) return;
    link.draggable = false;
    if (event.pointerType !== "touch") return;
    const { href } = link.attributes;
    if (!href) return;
    link.removeAttributeNode(href);
    const back = () => {
      link.setAttributeNode(href);
      removeEventListener("pointerup", back, true);
      removeEventListener("pointercancel", back, true);
    };
    addEventListener("pointerup", back, true);
    addEventListener("pointercancel", back, true);
  }
}
