// The sentences as a list. All of them are in the page, so that the browser's own search finds
// them. They stand in groups of which those out of sight are not drawn (`content-visibility`), and
// are built in pieces.
import { isByHand, isSilent, isTimed, isUnsure } from "./model.js";
import { clock } from "./text.js";

const FIRST = 80; // rows before the first picture
const PIECE = 120; // rows at a time after it
const GROUP = 40; // rows that are drawn, or not, together
const CALM_MS = 4000; // after the author scrolled, the list does not follow

export class List extends EventTarget {
  #list;
  #model;
  #say;
  #rowOf;
  #gapOf;
  #rows = new Map(); // id to its row
  #gaps = [];
  #building = 0;
  #selected = null;
  #now = null;
  #scrolledAt = 0;
  #own = 0; // scrolling of our own, until this time
  #lang;

  constructor(root, model, say) {
    super();
    this.#list = root.querySelector('[data-part="lines"]');
    this.#model = model;
    this.#say = say;
    this.#lang = root.dataset.lang;
    this.#rowOf = root.querySelector('template[data-part="line"]').content.firstElementChild;
    this.#gapOf = root.querySelector('template[data-part="gap"]').content.firstElementChild;
    model.addEventListener("loaded", () => this.#load());
    model.addEventListener("shown", (event) => event.detail.forEach((line) => this.#fill(line)));
    this.#list.addEventListener("click", (event) => this.#clicked(event));
    for (const type of ["wheel", "touchmove"]) addEventListener(type, () => (this.#scrolledAt = Date.now()), { passive: true });
  }

  /** Marks the sentence at hand; focus goes along only where it was in the list already. */
  select(line, scroll = true) {
    const old = this.#rows.get(this.#selected);
    const row = line && this.#rows.get(line.id);
    this.#selected = line?.id ?? null;
    if (old && old !== row) this.#mark(old, false);
    if (!row) return;
    this.#mark(row, true);
    if (old !== row && old?.contains(document.activeElement)) {
      const part = document.activeElement.dataset.row;
      row.querySelector(`[data-row="${part}"]`)?.focus({ preventScroll: true });
    }
    if (scroll) this.reveal(line);
  }

  /** Marks the sentence that is heard. */
  now(line, follow) {
    if (this.#now === (line?.id ?? null)) return;
    this.#rows.get(this.#now)?.classList.remove("t-now");
    this.#now = line?.id ?? null;
    this.#rows.get(this.#now)?.classList.add("t-now");
    if (line && follow && Date.now() - this.#scrolledAt > CALM_MS) this.reveal(line);
  }

  /** Scrolls a row into the free part of the window, if it is not there. */
  reveal(line) {
    const row = this.#rows.get(line.id);
    if (!row) return;
    const box = row.getBoundingClientRect();
    const { scrollMarginBlockStart: above, scrollMarginBlockEnd: below } = getComputedStyle(row);
    const [top, bottom] = [parseFloat(above) || 0, innerHeight - (parseFloat(below) || 0)];
    if (box.top >= top && box.bottom <= bottom) return;
    row.scrollIntoView({ block: box.top < top || box.top > innerHeight * 2 ? "start" : "nearest" });
    // Rows between were only as high as guessed until now.
    requestAnimationFrame(() => row.scrollIntoView({ block: "nearest" }));
  }

  #clicked(event) {
    const row = event.target.closest('[role="listitem"]');
    if (!row) return;
    const what = event.target.closest("[data-row]")?.dataset.row ?? "select";
    if (row.dataset.gap) {
      const gap = this.#model.gaps[Number(row.dataset.gap)];
      if (gap && what === "play") this.dispatchEvent(new CustomEvent("gap", { detail: gap }));
      return;
    }
    const line = this.#model.line(row.dataset.id);
    if (line) this.dispatchEvent(new CustomEvent(what, { detail: line }));
  }

  #load() {
    const wanted = new Set(this.#model.lines.map((line) => line.id));
    for (const [id, row] of this.#rows) {
      if (wanted.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }
    for (const row of this.#gaps) row.remove();
    this.#gaps = [];
    for (const group of [...this.#list.children]) if (!group.firstElementChild) group.remove();
    clearTimeout(this.#building);
    this.#build(0, null, FIRST);
  }

  /** Brings rows from `n` on, which follow `last`, into the model's order, so many new ones, and
   * goes on later. */
  #build(n, last, most) {
    const lines = this.#model.lines;
    for (let made = 0; n < lines.length; n++) {
      let row = this.#rows.get(lines[n].id);
      if (!row) {
        if (made++ >= most) break;
        row = this.#rowOf.cloneNode(true);
        row.dataset.id = lines[n].id;
        row.querySelector('[data-row="select"]').lang = this.#lang;
        this.#rows.set(lines[n].id, row);
      }
      this.#fill(lines[n]);
      const next = last ? (last.nextElementSibling ?? last.parentElement.nextElementSibling?.firstElementChild) : this.#list.firstElementChild?.firstElementChild;
      if (row !== next) this.#insert(row, last, next ?? null);
      last = row;
    }
    if (n < lines.length) {
      const [from, after] = [n, last];
      this.#building = setTimeout(() => this.#build(from, after, PIECE));
      return;
    }
    this.#placeGaps();
    this.#list.removeAttribute("aria-busy");
    this.dispatchEvent(new Event("built"));
  }

  #insert(row, last, next) {
    if (next && (!last || last.nextElementSibling === next)) next.before(row);
    else if (last && last.parentElement.childElementCount < GROUP) last.after(row);
    else {
      const group = document.createElement("div");
      group.className = "t-group-lines";
      group.setAttribute("role", "presentation");
      group.append(row);
      if (last) last.parentElement.after(group);
      else this.#list.prepend(group);
    }
  }

  #placeGaps() {
    this.#model.gaps.forEach((gap, n) => {
      const row = this.#gapOf.cloneNode(true);
      row.dataset.gap = String(n);
      row.querySelector('[data-row="text"]').textContent = this.#say("gap", { seconds: ((gap.end - gap.start) / 1000).toFixed(1) });
      row.querySelector('[data-row="time"]').textContent = clock(gap.start, 1);
      row.querySelector('[data-row="play"]').setAttribute("aria-label", this.#say("play_gap", { time: clock(gap.start, 0) }));
      const before = this.#model.at(gap.start);
      if (before) this.#rows.get(before.id)?.after(row);
      else this.#list.firstElementChild?.prepend(row);
      this.#gaps.push(row);
    });
  }

  #mark(row, on) {
    row.toggleAttribute("data-selected", on);
    if (on) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    // One stop of the tab key for the whole list.
    for (const button of row.querySelectorAll("button")) button.tabIndex = on ? 0 : -1;
  }

  #fill(line) {
    const row = this.#rows.get(line.id);
    if (!row) return;
    const { times } = line;
    const before = this.#model.lines[line.index - 1];
    const first = !before || before.block !== line.block;
    const speaker = line.speaker && line.speaker !== before?.speaker ? line.speaker : "";
    // Nothing is written that stands there already.
    const key = JSON.stringify([line.text, times, first, speaker, line.heading]);
    if (row.dataset.key === key) return;
    row.dataset.key = key;
    const [kind, icon] = kindOf(times);
    row.className = ["t-line", `t-${kind}`, first && "t-first", line.heading && "t-heading", isUnsure(times) && isTimed(times) && "t-unsure", this.#now === line.id && "t-now"].filter(Boolean).join(" ");
    const part = (name) => row.querySelector(`[data-row="${name}"]`);
    part("select").textContent = line.text;
    part("speaker").textContent = speaker;
    part("speaker").hidden = !speaker;
    part("start").textContent = isTimed(times) ? clock(times.start, 2) : "–";
    part("end").textContent = isTimed(times) ? clock(times.end, 2) : "";
    part("icon").textContent = icon;
    const unsure = isUnsure(times) && isTimed(times) ? ` · ${this.#say("unsure", { percent: times.percent })}` : "";
    part("origin").textContent = this.#say(`origin_${kind}`) + unsure;
    const play = part("play");
    play.disabled = !isTimed(times);
    play.setAttribute("aria-label", isTimed(times) ? this.#say("play_from", { time: clock(times.start, 0) }) : this.#say("play_never"));
    this.#mark(row, line.id === this.#selected);
  }
}

/** The kind of a time as a word for classes and sentences, and its sign. */
export function kindOf(times) {
  if (times === null) return ["unknown", "?"];
  if (isSilent(times)) return ["silent", "∅"];
  if (isByHand(times)) return ["hand", "✓"];
  return [times.origin, { measured: "≈", imported: "↧", inferred: "…" }[times.origin] ?? ""];
}
