// Finding words in the text: every hit marked, one of them the one at hand.
import { fold, foldWithPlaces } from "./fold.js";
import { first } from "./text.js";

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, pre, td, th, dt, dd, blockquote";
/** Not the author's words. */
const NOT_TEXT = ".ref, .gap, .s-at";
/** More hits than this nobody steps through, and a letter alone may have that many. */
const MOST_HITS = 2000;
const [ALL, ONE] = ["find", "find-now"];

/** Events: `found` (`detail` is the range at hand), `closed` (`detail` is the last one or `null`). */
export class Find extends EventTarget {
  #form;
  #field;
  #count;
  #text;
  #say;
  #live;
  #blocks = null; // { folded, places, nodes, starts }
  #hits = [];
  #at = -1;
  #marked = [];

  constructor(form, text, say, live) {
    super();
    this.#form = form;
    this.#field = form.querySelector("input");
    this.#count = form.querySelector('[data-part="count"]');
    this.#text = text;
    this.#say = say;
    this.#live = live;
    this.#field.addEventListener("input", () => this.#search());
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
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
    this.#blocks = null;
    this.#search();
  }

  close() {
    if (!this.open) return;
    const range = this.#hits[this.#at] ?? null;
    const inside = this.#form.contains(document.activeElement);
    this.#form.hidden = true;
    this.#hits = [];
    this.#at = -1;
    this.#mark();
    this.dispatchEvent(new CustomEvent("closed", { detail: inside ? range : null }));
  }

  step(by) {
    const { length } = this.#hits;
    if (length === 0) return;
    this.#at = (this.#at + by + length) % length;
    this.#mark();
    this.#print();
    this.dispatchEvent(new CustomEvent("found", { detail: this.#hits[this.#at] }));
  }

  #search() {
    this.#blocks ??= blocksOf(this.#text);
    const words = fold(this.#field.value).replace(/ +/g, " ").trim();
    // The reader goes on from the hit at hand, else from what is in view.
    const from = this.#hits[this.#at] ?? null;
    this.#hits = words ? this.#blocks.flatMap((block) => hitsIn(block, words)).slice(0, MOST_HITS) : [];
    this.#at = first(this.#hits, (hit) => (from ? hit.compareBoundaryPoints(Range.START_TO_START, from) >= 0 : hit.getBoundingClientRect().bottom > this.height));
    if (this.#at === this.#hits.length) this.#at = this.#hits.length > 0 ? 0 : -1;
    this.#mark();
    this.#print();
    if (this.#at >= 0) this.dispatchEvent(new CustomEvent("found", { detail: this.#hits[this.#at] }));
  }

  #print() {
    const [at, total] = [this.#at + 1, this.#hits.length];
    const typed = this.#field.value.trim() !== "";
    this.#count.textContent = !typed ? "" : `${at} / ${total}`;
    this.#form.toggleAttribute("data-none", typed && total === 0);
    this.#live(!typed ? "" : total === 0 ? this.#say("none") : this.#say("hits", { at, total }));
  }

  #mark() {
    const one = this.#hits[this.#at];
    if (globalThis.CSS?.highlights) {
      CSS.highlights.set(ALL, new Highlight(...this.#hits));
      const now = new Highlight(...(one ? [one] : []));
      now.priority = 1;
      CSS.highlights.set(ONE, now);
      return;
    }
    // A browser without highlights marks the sentences.
    for (const element of this.#marked) element.classList.remove("s-hit", "s-hit-now");
    this.#marked = this.#hits.map((hit) => around(hit)).filter(Boolean);
    for (const element of this.#marked) element.classList.add("s-hit");
    if (one) around(one)?.classList.add("s-hit-now");
  }
}

/** The sentence, else the element, that a hit begins in. */
export function around(range) {
  const element = range.startContainer.parentElement;
  return element.closest(".s") ?? element;
}

/** The text of each paragraph in one piece, whatever elements it is cut by. */
function blocksOf(root) {
  const blocks = [];
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
      block = { owner, text: "", nodes: [], starts: [] };
      blocks.push(block);
    }
    block.nodes.push(node);
    block.starts.push(block.text.length);
    block.text += node.data;
  }
  return blocks.map(({ text, nodes, starts }) => ({ ...foldWithPlaces(text), nodes, starts }));
}

function hitsIn(block, words) {
  const hits = [];
  const { folded, places } = block;
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
    const end = at + words.length;
    const hit = document.createRange();
    hit.setStart(...nodeAt(block, places ? places[at] : at, false));
    // A cluster is whole or not at all.
    let stop = places ? places[end] : end;
    if (places && stop === places[end - 1]) stop = places.find((place) => place > stop) ?? stop;
    hit.setEnd(...nodeAt(block, stop, true));
    hits.push(hit);
  }
  return hits;
}

/** The text node and the place in it for a place in the paragraph's text. */
function nodeAt({ nodes, starts }, place, isEnd) {
  const at = Math.max(0, first(starts, (start) => (isEnd ? start >= place : start > place)) - 1);
  return [nodes[at], Math.min(place - starts[at], nodes[at].data.length)];
}
