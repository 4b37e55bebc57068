// The sentences and their times as the author sees them, and every change to them with its
// inverse. Knows no page: what happens is told to those who listen.
//
// A time is `null` (nothing is known), `{ start, end, origin, percent }` in milliseconds, or
// `{ silent: true, byHand }` for what is not spoken.

/** What a machine may move is anything but this. */
export const isByHand = (times) => Boolean(times) && (times.silent ? times.byHand : times.origin === "by-hand");
export const isSilent = (times) => Boolean(times?.silent);
export const isTimed = (times) => Boolean(times) && !times.silent;
/** Below this the server promises readers no second either. */
const SURE_PERCENT = 50;
export const isUnsure = (times) => times === null || (isTimed(times) && times.origin !== "by-hand" && times.percent < SURE_PERCENT);
export const byHand = (start, end) => ({ start: Math.round(start), end: Math.round(end), origin: "by-hand", percent: 100 });
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** From the server's JSON. */
export function read(times) {
  if (times === null || typeof times !== "object") return null;
  if (times.at) return { start: times.at.start_ms, end: times.at.end_ms, origin: times.at.origin, percent: times.at.percent };
  if ("not-spoken" in times) return { silent: true, byHand: times["not-spoken"] };
  return null;
}

/** For the server: what the author sets is his; anything else puts back what stood there. */
export function write(id, times) {
  if (times === null) return { id, back: "unknown" };
  if (times.silent) return times.byHand ? { id, not_spoken: true } : { id, back: { "not-spoken": false } };
  if (times.origin === "by-hand") return { id, set: { start_ms: times.start, end_ms: times.end } };
  return { id, back: { at: { start_ms: times.start, end_ms: times.end, origin: times.origin, percent: times.percent } } };
}

const SHORTEST_MS = 50;
/** More steps than an hour's work has; the oldest go. */
const MOST_STEPS = 2000;

export class Model extends EventTarget {
  lines = [];
  gaps = [];
  durationMs = 0;
  #byId = new Map();
  #done = [];
  #undone = [];
  #names = new Map(); // an id that is gone, to the one that stands in its place
  #order = null; // indices of timed lines by start

  /** Takes what the server knows; `keep` holds newer times by id. */
  load(state, keep = new Map()) {
    this.durationMs = state.duration_ms;
    this.gaps = state.gaps.map(([start, end]) => ({ start, end }));
    this.lines = state.lines.map((line, index) => ({ ...line, index, times: keep.has(line.id) ? keep.get(line.id) : read(line.times) }));
    this.#byId = new Map(this.lines.map((line) => [line.id, line]));
    this.#order = null;
    this.#tell("loaded");
  }

  line(id) {
    return this.#byId.get(this.name(id));
  }

  /** Follows an id to the one that stands for it now. */
  name(id) {
    while (this.#names.has(id)) id = this.#names.get(id);
    return id;
  }

  rename(from, to) {
    if (from !== to && this.name(to) !== from) this.#names.set(from, to);
  }

  /** Forgets what stands for an id: it is there again under another name. */
  unname(id) {
    this.#names.delete(id);
  }

  /** Timed lines by start. */
  get order() {
    this.#order ??= this.lines.filter((line) => isTimed(line.times)).sort((a, b) => a.times.start - b.times.start || a.index - b.index);
    return this.#order;
  }

  /** The line that is spoken at a time, or was last before it. */
  at(ms) {
    const order = this.order;
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle].times.start <= ms) low = middle + 1;
      else high = middle;
    }
    return order[low - 1] ?? null;
  }

  /** Lines that lie between two times. */
  between(from, to) {
    const found = [];
    // Sentences are short; what starts far before the window does not reach into it.
    const order = this.order;
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle].times.start < from) low = middle + 1;
      else high = middle;
    }
    for (let n = Math.max(0, low - 8); n < order.length && order[n].times.start < to; n++) if (order[n].times.end > from) found.push(order[n]);
    return found;
  }

  nextSpoken(index) {
    for (let n = index + 1; n < this.lines.length; n++) if (!isSilent(this.lines[n].times)) return this.lines[n];
    return null;
  }

  #timedBefore(index) {
    for (let n = index - 1; n >= 0; n--) if (isTimed(this.lines[n].times)) return this.lines[n];
    return null;
  }

  #timedAfter(index) {
    for (let n = index + 1; n < this.lines.length; n++) if (isTimed(this.lines[n].times)) return this.lines[n];
    return null;
  }

  /** The fixed sentences around one: between them a machine may look again. */
  fixedAround(index) {
    let [from, to] = [index - 1, index + 1];
    while (from >= 0 && !(isTimed(this.lines[from].times) && isByHand(this.lines[from].times))) from--;
    while (to < this.lines.length && !(isTimed(this.lines[to].times) && isByHand(this.lines[to].times))) to++;
    return [from, to];
  }

  /**
   * Times of a line set by the author, with what its neighbours lose by it: a boundary that both
   * share moves for both, and an end that reached over the new start is cut. Gives the parts of a
   * step.
   */
  placed(line, start, end) {
    const most = this.durationMs;
    start = Math.round(Math.min(Math.max(0, start), most - SHORTEST_MS));
    end = Math.round(Math.min(Math.max(start + SHORTEST_MS, end), most));
    const parts = [{ id: line.id, before: line.times, after: byHand(start, end) }];
    const old = isTimed(line.times) ? line.times : null;
    const before = this.#timedBefore(line.index);
    if (before && before.times.start < start - SHORTEST_MS) {
      const shared = old !== null && before.times.end === old.start;
      if (before.times.end > start || (shared && old.start !== start)) {
        parts.push({ id: before.id, before: before.times, after: { ...before.times, end: start } });
      }
    }
    const after = this.#timedAfter(line.index);
    if (after && after.times.end > end + SHORTEST_MS && after.times.start >= start) {
      const shared = old !== null && after.times.start === old.end;
      if (after.times.start < end || (shared && old.end !== end)) {
        parts.push({ id: after.id, before: after.times, after: { ...after.times, start: end } });
      }
    }
    return parts;
  }

  /** Shows parts without making a step of them: while something is dragged. */
  show(parts) {
    this.#put(parts.map(({ id, after }) => [id, after]));
  }

  unshow(parts) {
    this.#put(parts.map(({ id, before }) => [id, before]));
  }

  /** Does a step. `join` says that it continues the last one: a key held down is one step. */
  do(name, parts, join = false) {
    parts = parts.filter((part) => !same(part.before, part.after));
    if (parts.length === 0) return false;
    const last = this.#done.at(-1);
    if (join && last?.name === name && last.parts && last.parts[0].id === parts[0].id) {
      for (const part of parts) {
        const known = last.parts.find((p) => p.id === part.id);
        if (known) known.after = part.after;
        else last.parts.push(part);
      }
    } else this.push({ name, parts });
    this.#apply(parts.map(({ id, after }) => [id, after]));
    return true;
  }

  /** Notes a step that was done elsewhere, such as a split on the server. */
  push(step) {
    this.#done.push(step);
    if (this.#done.length > MOST_STEPS) this.#done.shift();
    this.#undone = [];
    this.#tell("steps");
  }

  get steps() {
    return [this.#done.length, this.#undone.length];
  }

  /** The step that undo or redo would take back or do again. */
  peek(redo) {
    return (redo ? this.#undone : this.#done).at(-1) ?? null;
  }

  /** Undoes or does again; gives the step for what only the server can do with it. */
  take(redo) {
    const [from, to] = redo ? [this.#undone, this.#done] : [this.#done, this.#undone];
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    if (step.parts) this.#apply(step.parts.map((part) => [part.id, redo ? part.after : part.before]));
    this.#tell("steps");
    return step;
  }

  /** What a machine or a file last said of a line, as far as the steps tell and as what is fixed
   * around it leaves room for; else `null`. */
  ofMachine(line) {
    for (const step of this.#done.toReversed()) {
      const pairs = step.parts?.map((part) => [part.id, part.before]) ?? (step.name === "realign" ? step.before : []);
      const [, times] = pairs.find(([id, times]) => this.name(id) === line.id && isTimed(times) && !isByHand(times)) ?? [];
      if (!times) continue;
      const [from, to] = this.fixedAround(line.index);
      const start = Math.max(times.start, this.lines[from]?.times.end ?? 0);
      const end = Math.min(times.end, this.lines[to]?.times.start ?? Infinity);
      return end - start >= SHORTEST_MS ? { ...times, start, end } : null;
    }
    return null;
  }

  /** Puts times back, pairs of id and time, without making a step of it. */
  restore(pairs) {
    this.#apply(pairs);
  }

  #put(pairs) {
    const changed = [];
    for (const [id, times] of pairs) {
      const line = this.line(id);
      if (!line) continue;
      line.times = times;
      changed.push(line);
    }
    this.#order = null;
    this.#tell("shown", changed);
    return changed;
  }

  #apply(pairs) {
    const changed = this.#put(pairs);
    this.#tell("changed", changed);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
