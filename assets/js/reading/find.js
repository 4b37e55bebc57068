// Finding words in the text: every hit marked, one of them the one at hand.
import { fold, foldWithPlaces } from "./fold.js";
import { first } from "./text.js";

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, pre, td, th, dt, dd, blockquote";
/** Not the author's words. */
const NOT_TEXT = ".ref, .gap, .s-at";
/** More hits than this nobody steps through, and a letter alone may have that many. */
const MOST_HITS = 50000;
const [ALL, ONE] = ["find", "find-now"];

/** Longer than this at a time the page is not kept from the reader, in milliseconds. */
const SLICE_MS = 8;

/** A hit: `range` (static), and by what it is compared: the number of its paragraph, the place in
 * that. Events: `found` (`detail` is the range at hand), `closed` (`detail` is the last one or
 * `null`). */
export class Find extends EventTarget {
  #form;
  #field;
  #count;
  #text;
  #say;
  #live;
  #blocks = []; // { folded, places, nodes, starts }, as far as they were read
  #unread = null; // the rest of them
  #hits = [];
  #at = -1;
  #searching = null; // the search that is not over yet
  #marked = []; // sentences, where there are no highlights
  #markedAt = null; // how far the page was scrolled then

  constructor(form, text, say, live) {
    super();
    this.#form = form;
    this.#field = form.querySelector("input");
    this.#count = form.querySelector('[data-part="count"]');
    this.#text = text;
    this.#say = say;
    this.#live = live;
    this.#field.addEventListener("input", () => this.#search());
    addEventListener("scroll", () => this.open && this.#hits.length > 0 && this.#markNear(), { passive: true });
    addEventListener("resize", () => (this.#markedAt = null), { passive: true });
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      void this.step(event.shiftKey ? -1 : 1);
    });
  }

  get open() {
    return !this.#form.hidden;
  }

  get height() {
    return this.open ? this.#form.getBoundingClientRect().bottom : 0;
  }

  /** Opens with these words, or those of the last time. */
  show(words) {
    this.#form.hidden = false;
    if (words && words.length < 80 && !words.includes("\n")) this.#field.value = words;
    this.#field.focus({ preventScroll: true });
    this.#field.select();
    // Whoever translates pages may have put other words there.
    [this.#blocks, this.#unread] = [[], blocksOf(this.#text)];
    this.#search();
  }

  close() {
    if (!this.open) return;
    const hit = this.#hits[this.#at];
    const inside = this.#form.contains(document.activeElement);
    this.#form.hidden = true;
    this.#searching = null;
    this.#take([], -1);
    this.dispatchEvent(new CustomEvent("closed", { detail: inside && hit ? rangeOf(hit) : null }));
  }

  async step(by) {
    // Who types fast and presses Enter means what he typed.
    for (let seen; seen !== this.#searching; ) await (seen = this.#searching);
    const { length } = this.#hits;
    if (length === 0) return;
    this.#at = (this.#at + by + length) % length;
    this.#markOne();
    this.#tellFound();
  }

  /** Looks for what is typed, a slice at a time; a later search puts an end to an earlier one. */
  #search() {
    const searching = this.#look(() => this.#searching === searching);
    this.#searching = searching;
  }

  async #look(isWanted) {
    await null; // until it is known which search this is
    const words = fold(this.#field.value).replace(/ +/g, " ").trim();
    const hits = [];
    if (words) {
      let until = performance.now() + SLICE_MS;
      for (let n = 0; hits.length < MOST_HITS && this.#read(n); n++) {
        for (const hit of hitsIn(this.#blocks[n], words)) hits.push({ ...hit, block: n });
        if (performance.now() < until) continue;
        await pause();
        if (!isWanted()) return;
        until = performance.now() + SLICE_MS;
      }
    }
    hits.length = Math.min(hits.length, MOST_HITS);
    // The reader goes on from the hit at hand, else from what is in view.
    const from = this.#hits[this.#at];
    const isNext = (hit) => (from ? hit.block > from.block || (hit.block === from.block && hit.at >= from.at) : rangeOf(hit).getBoundingClientRect().bottom > this.height);
    const at = first(hits, isNext);
    this.#take(hits, at < hits.length ? at : hits.length > 0 ? 0 : -1);
    this.#tellFound();
  }

  /** Whether there is a paragraph with this number. */
  #read(n) {
    if (n < this.#blocks.length) return true;
    const { value, done } = this.#unread.next();
    if (!done) this.#blocks.push(value);
    return !done;
  }

  #tellFound() {
    const [at, total] = [this.#at + 1, this.#hits.length];
    const typed = this.#field.value.trim() !== "";
    this.#count.textContent = !typed ? "" : `${at} / ${total}`;
    this.#form.toggleAttribute("data-none", typed && total === 0);
    this.#live(!typed ? "" : total === 0 ? this.#say("none") : this.#say("hits", { at, total }));
    if (at > 0) this.dispatchEvent(new CustomEvent("found", { detail: rangeOf(this.#hits[this.#at]) }));
  }

  #take(hits, at) {
    [this.#hits, this.#at] = [hits, at];
    this.#markedAt = null;
    this.#markNear();
    this.#markOne();
  }

  /** Marks the hits that are in view or near it: what a browser does for each mark it does again
   * for all of them whenever one changes. */
  #markNear() {
    if (this.#markedAt !== null && Math.abs(scrollY - this.#markedAt) < innerHeight / 2) return;
    this.#markedAt = scrollY;
    const box = (hit) => rangeOf(hit).getBoundingClientRect();
    const from = first(this.#hits, (hit) => box(hit).bottom > -innerHeight);
    const to = first(this.#hits, (hit) => box(hit).top > 2 * innerHeight);
    const ranges = this.#hits.slice(from, to).map(({ range }) => range);
    if (globalThis.CSS?.highlights) {
      CSS.highlights.set(ALL, new Highlight(...ranges));
      return;
    }
    // A browser without highlights marks the sentences.
    for (const element of this.#marked) element.classList.remove("s-hit", "s-hit-now");
    this.#marked = ranges.map((range) => around(range));
    for (const element of this.#marked) element.classList.add("s-hit");
  }

  #markOne() {
    const hit = this.#hits[this.#at];
    if (globalThis.CSS?.highlights) {
      const now = new Highlight(...(hit ? [rangeOf(hit)] : []));
      now.priority = 1;
      CSS.highlights.set(ONE, now);
      return;
    }
    for (const element of this.#text.querySelectorAll(".s-hit-now")) element.classList.remove("s-hit-now");
    if (hit) around(hit.range).classList.add("s-hit-now");
  }
}

/** Lets the browser do what waits. */
function pause() {
  return globalThis.scheduler?.yield?.() ?? new Promise((goOn) => setTimeout(goOn));
}

/** The range of a hit, alive. */
function rangeOf({ range }) {
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live;
}

/** The sentence, else the element, that a hit begins in. */
export function around(range) {
  const element = range.startContainer.parentElement;
  return element.closest(".s") ?? element;
}

/** The text of each paragraph in one piece, whatever elements it is cut by. */
function* blocksOf(root) {
  const whole = ({ text, nodes, starts }) => ({ ...foldWithPlaces(text), nodes, starts });
  let block = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(NOT_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      // A line break is a space to whoever looks for words.
      if (node.matches("br") && block) block.text += " ";
      continue;
    }
    const owner = node.parentElement.closest(BLOCKS) ?? root;
    if (owner !== block?.owner) {
      if (block) yield whole(block);
      block = { owner, text: "", nodes: [], starts: [] };
    }
    block.nodes.push(node);
    block.starts.push(block.text.length);
    block.text += node.data;
  }
  if (block) yield whole(block);
}

function hitsIn(block, words) {
  const hits = [];
  const { folded, places } = block;
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
    const end = at + words.length;
    // A cluster is whole or not at all.
    let stop = places ? places[end] : end;
    if (places && stop === places[end - 1]) stop = places.find((place) => place > stop) ?? stop;
    const [startContainer, startOffset] = nodeAt(block, places ? places[at] : at, false);
    const [endContainer, endOffset] = nodeAt(block, stop, true);
    hits.push({ at, range: new StaticRange({ startContainer, startOffset, endContainer, endOffset }) });
  }
  return hits;
}

/** The text node and the place in it for a place in the paragraph's text. */
function nodeAt({ nodes, starts }, place, isEnd) {
  const at = Math.max(0, first(starts, (start) => (isEnd ? start >= place : start > place)) - 1);
  return [nodes[at], Math.min(place - starts[at], nodes[at].data.length)];
}
