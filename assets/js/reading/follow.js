// The page goes along with the sound, until the reader scrolls; then it lets go, and one button
// leads back.

/** Keys that scroll. */
const SCROLLS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", "Tab"]);
/** A smooth scroll is over by then, where nothing says so. */
const OVER_MS = 1200;

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Events: `change`. */
export class Follow extends EventTarget {
  on = true;
  #edges;
  #ours = 0; // the timer of a scroll of our own
  #goal = null; // where that leads

  /** `edges()` is how much of the window is covered above and below, in pixels. */
  constructor(edges, active) {
    super();
    this.#edges = edges;
    const reader = () => active() && this.stop();
    for (const type of ["wheel", "touchmove"]) addEventListener(type, reader, { passive: true });
    addEventListener("keydown", (event) => SCROLLS.has(event.key) && !event.target.closest("input, select, textarea") && this.#done());
    addEventListener("scroll", () => this.#ours === 0 && reader(), { passive: true });
    // The end of an earlier one is not ours.
    addEventListener("scrollend", () => this.#goal !== null && Math.abs(scrollY - this.#goal) < 2 && this.#done());
    // A window of another size moves its text by itself.
    addEventListener("resize", () => this.#own(), { passive: true });
  }

  stop() {
    if (!this.on) return;
    this.#done();
    this.on = false;
    this.dispatchEvent(new Event("change"));
  }

  start() {
    // What the page did until now may still be told.
    this.#own(null, 150);
    if (this.on) return;
    this.on = true;
    this.dispatchEvent(new Event("change"));
  }

  /** Brings an element to where one likes to read, if it isn't about there; `seen`: if it isn't in
   * view at all. */
  toward(element, { always = false, seen = false, smooth = true } = {}) {
    const box = element.getBoundingClientRect();
    const { above, below } = this.#edges();
    const room = innerHeight - above - below;
    const [top, bottom] = seen ? [above, above + room] : [above + room * 0.12, above + room * 0.72];
    const tall = box.height > bottom - top;
    const fits = box.top >= top && (box.bottom <= bottom || (tall && box.top < bottom - room * 0.3));
    if (fits && !always) return;
    const goal = scrollY + box.top - above - room * (tall ? 0.12 : 0.28);
    this.scrollTo(goal, smooth);
  }

  /** Scrolls without that being taken for the reader's doing. */
  scrollTo(top, smooth = true) {
    const most = document.documentElement.scrollHeight - innerHeight;
    const goal = Math.round(Math.min(Math.max(0, top), most));
    if (Math.abs(goal - scrollY) < 2) return;
    this.#own(goal);
    scrollTo({ top: goal, behavior: smooth && !still.matches ? "smooth" : "instant" });
  }

  #own(goal = null, ms = OVER_MS) {
    clearTimeout(this.#ours);
    this.#goal = goal;
    this.#ours = setTimeout(() => (this.#ours = 0), ms);
  }

  #done() {
    clearTimeout(this.#ours);
    this.#ours = 0;
  }
}
