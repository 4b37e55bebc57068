// Which sentence is heard: the times of the page's sentences, in the order of the sound.
import { first } from "./text.js";

/** A seek may land a little before what it was asked for, in seconds. */
const SLACK = 0.005;
/** In so short a silence the sentence before it stays marked, in seconds. */
const BREATH = 1.2;

export class Track extends EventTarget {
  /** `{ element, from, to }` by `from`, in seconds. */
  cues = [];
  #of = new Map(); // element to cue
  #now = null;
  // While the sound is between these two, nothing changes.
  #from = Infinity;
  #to = -Infinity;

  constructor(text) {
    super();
    for (const element of text.querySelectorAll("[data-t]")) {
      const [from, to] = element.dataset.t.split("-").map(Number);
      if (!(from >= 0)) continue;
      const cue = { element, from, to: to > from ? to : from };
      this.cues.push(cue);
      this.#of.set(element, cue);
    }
    // Read in another order than written, the sound's order holds.
    this.cues.sort((a, b) => a.from - b.from);
    this.cues.forEach((cue, index) => (cue.index = index));
  }

  cue(element) {
    return this.#of.get(element);
  }

  /** The cue that is heard, or `null`. */
  get now() {
    return this.#now;
  }

  /** Index of the last cue that has begun, -1 before the first. */
  before(at) {
    return first(this.cues, (cue) => cue.from > at + SLACK) - 1;
  }

  /** From where to where sentences are heard, in seconds: the piece of the sound with the first of
   * them, as long as none from elsewhere in the text comes in between. */
  piece(sentences) {
    const own = new Set(sentences);
    const among = this.cues.filter(({ element }) => own.has(element) || element.matches(".s"));
    const at = among.findIndex(({ element }) => element === sentences[0]);
    const isOther = ({ element }) => !own.has(element);
    const end = among.findIndex((cue, index) => index > at && isOther(cue));
    const piece = among.slice(among.slice(0, at).findLastIndex(isOther) + 1, end < 0 ? among.length : end);
    return [piece[0].from, Math.max(...piece.map((cue) => cue.to))];
  }

  /** Marks what is heard at this second; touches the page only if that is another sentence. */
  show(at) {
    if (at >= this.#from && at < this.#to) return;
    const index = this.before(at);
    const cue = this.cues[index] ?? null;
    const next = this.cues[index + 1]?.from ?? Infinity;
    const heard = cue !== null && at < Math.min(next, cue.to + BREATH) ? cue : null;
    this.#from = heard ? heard.from - SLACK : cue ? cue.to + BREATH : -Infinity;
    this.#to = heard ? Math.min(next - SLACK, heard.to + BREATH) : next - SLACK;
    if (heard === this.#now) return;
    this.#now?.element.classList.remove("s-now");
    heard?.element.classList.add("s-now");
    this.#now = heard;
    this.dispatchEvent(new Event("change"));
  }
}
