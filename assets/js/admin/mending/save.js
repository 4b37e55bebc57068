// Saves as one goes: what changed is sent after a moment of calm, kept in this browser until the
// server has it, and laid over what others did meanwhile.
import { isByHand, read, same, write } from "./model.js";

const PAUSE_MS = 500; // after the last change
const LONGEST_MS = 3000; // while changes go on
const WORK_MS = 1500; // between two looks at work that is under way
const KEEPALIVE_BYTES = 60_000; // browsers refuse more than 64 KiB in flight

/** A request that was answered by anything but success. */
class Refused extends Error {
  constructor(status, json) {
    super(json?.message ?? "");
    this.status = status;
  }
}

export class Saver extends EventTarget {
  version = 0;
  revision = 0;
  #model;
  #root;
  #say;
  #key;
  #pending = new Map(); // id to { times, before }
  #stored = new Map(); // id to the times that the server is known to hold
  #timer = 0;
  #firstAt = 0;
  #busy = null;
  #failures = 0;
  #work = 0;

  constructor(root, model, say) {
    super();
    this.#root = root;
    this.#model = model;
    this.#say = say;
    this.#key = `daebon:mending:${root.dataset.post}`;
    model.addEventListener("changed", (event) => this.#changed(event.detail));
    addEventListener("online", () => void this.flush());
    addEventListener("pagehide", () => this.#lastCall());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#lastCall();
      else if (!this.#busy && this.#pending.size === 0) void this.look();
    });
    addEventListener("beforeunload", (event) => {
      if (this.#pending.size > 0 && this.#failures > 0) event.preventDefault();
    });
  }

  /** The first look: with what this browser kept from before. */
  async start() {
    const state = await this.#ask("GET", "state");
    const kept = this.#kept();
    for (const line of state.lines) {
      const own = kept?.changes?.[line.id];
      if (!own) continue;
      const stored = read(line.times);
      // What somebody fixed meanwhile stays; it is newer than what lies here.
      if (same(stored, own.times) || (isByHand(stored) && !same(stored, own.before))) continue;
      this.#pending.set(line.id, { times: own.times, before: stored });
    }
    this.#take(state);
    if (this.#pending.size > 0) {
      this.#tell(this.#say("kept", { count: this.#pending.size }));
      this.#schedule(0);
    } else {
      this.#forget();
      this.#tell(this.#say("ready"), "", false);
    }
  }

  get unsaved() {
    return this.#pending.size;
  }

  /** Asks whether the server knows more than this page. */
  async look() {
    clearTimeout(this.#work);
    try {
      const state = await this.#ask("GET", `state?version=${this.version}&revision=${this.revision}`);
      if (state.lines && this.#pending.size === 0 && !this.#busy) {
        this.#take(state);
        this.#tell(this.#say("fetched"));
      } else this.#status(state);
    } catch {
      // The next save will say so.
    }
  }

  /** Sends what waits; `true` when the server has everything. */
  flush() {
    clearTimeout(this.#timer);
    this.#busy ??= this.#send().finally(() => (this.#busy = null));
    return this.#busy;
  }

  /** Asks for something that only the server can do, after all that waits. Gives its answer. */
  async request(part, body) {
    if (!(await this.flush())) return null;
    for (let tries = 0; tries < 2; tries++) {
      try {
        this.#tell(this.#say("saving"), "", false);
        const state = await this.#ask("POST", part, { version: this.version, revision: this.revision, ...body });
        if (state.lines) this.#take(state);
        else this.#status(state);
        this.#tell(this.#saved(state));
        return state;
      } catch (error) {
        try {
          if (error.status !== 409 || tries > 0) throw error;
          this.#take(await this.#ask("GET", "state"));
        } catch (last) {
          this.#fail(last);
          return null;
        }
      }
    }
    return null;
  }

  #changed(lines) {
    for (const line of lines) {
      this.#pending.set(line.id, { times: line.times, before: this.#stored.get(line.id) ?? null });
    }
    this.#keep();
    this.#tell(this.#say("unsaved"), "", false);
    this.#schedule(PAUSE_MS);
  }

  #schedule(pause) {
    const now = Date.now();
    this.#firstAt ||= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(pause, this.#firstAt + LONGEST_MS - now)));
  }

  async #send() {
    for (let merges = 0; this.#pending.size > 0; ) {
      this.#firstAt = 0;
      const sent = new Map(this.#pending);
      const changes = [...sent].map(([id, { times }]) => write(id, times));
      this.#tell(this.#say("saving"), "", false);
      try {
        const answer = await this.#ask("POST", "", { version: this.version, revision: this.revision, changes });
        this.version = answer.version;
        for (const [id, { times }] of sent) {
          this.#stored.set(id, times);
          if (same(this.#pending.get(id)?.times, times)) this.#pending.delete(id);
        }
        this.#failures = 0;
        if (this.#pending.size > 0) this.#keep();
        else this.#forget();
        this.#tell(this.#saved(answer));
      } catch (error) {
        if (error.status === 409 && merges++ < 5) {
          try {
            await this.#merge();
            continue;
          } catch (again) {
            this.#fail(again);
            return false;
          }
        }
        this.#fail(error);
        return false;
      }
    }
    return true;
  }

  /** Somebody else was faster: his for what is untouched here, ours for the rest. */
  async #merge() {
    const state = await this.#ask("GET", "state");
    const there = new Set(state.lines.map((line) => line.id));
    let lost = 0;
    for (const id of [...this.#pending.keys()]) {
      if (there.has(id)) continue;
      this.#pending.delete(id);
      lost++;
    }
    this.#take(state);
    this.#keep();
    this.dispatchEvent(new CustomEvent("merged", { detail: lost > 0 ? this.#say("merged_lost", { count: lost }) : this.#say("merged") }));
  }

  #take(state) {
    this.version = state.version;
    this.revision = state.revision;
    this.#stored = new Map(state.lines.map((line) => [line.id, read(line.times)]));
    this.#model.load(state, new Map([...this.#pending].map(([id, { times }]) => [id, times])));
    this.#status(state);
  }

  #status(state) {
    this.dispatchEvent(new CustomEvent("status", { detail: state }));
    clearTimeout(this.#work);
    if (state.work?.open || state.peaks === "coming") this.#work = setTimeout(() => void this.look(), WORK_MS);
  }

  #saved(answer) {
    return this.#say("saved", { time: answer.saved_at ?? "" });
  }

  #fail(error) {
    this.#keep();
    if (error.status === 401) return this.#tell(this.#say("login"), "login");
    if (error.status >= 400 && error.status < 500 && error.status !== 429) {
      // Sent again it would be refused again.
      this.#failures++;
      return this.#tell([this.#say("failed"), error.message].join(" "), "again");
    }
    const seconds = Math.min(60, 2 ** Math.min(++this.#failures, 6));
    this.#tell(this.#say("retry", { seconds }), "again");
    if (this.#pending.size > 0) this.#timer = setTimeout(() => void this.flush(), seconds * 1000);
  }

  #tell(text, way = "", aloud = true) {
    this.dispatchEvent(new CustomEvent("told", { detail: { text, way, aloud } }));
  }

  async #ask(method, part, body = undefined) {
    const base = this.#root.dataset.action;
    const answer = await fetch(part ? `${base}/${part}` : base, {
      method,
      body: body && JSON.stringify(body),
      credentials: "same-origin",
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRF-Token": this.#root.dataset.csrf, ...(body && { "Content-Type": "application/json" }) },
      signal: AbortSignal.timeout(30_000),
    });
    if (answer.type === "opaqueredirect") throw new Refused(401, null);
    const json = await answer.json().catch(() => null);
    if (!answer.ok || json === null) throw new Refused(answer.ok ? 500 : answer.status, json);
    return json;
  }

  /** The page goes away: sent so that it outlives the page. */
  #lastCall() {
    if (this.#busy || this.#pending.size === 0) return;
    this.#keep();
    const changes = [...this.#pending].map(([id, { times }]) => write(id, times));
    const body = JSON.stringify({ version: this.version, revision: this.revision, changes });
    if (body.length >= KEEPALIVE_BYTES) return void this.flush();
    this.#busy = fetch(this.#root.dataset.action, { method: "POST", body, keepalive: true, credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": this.#root.dataset.csrf } })
      .then(async (answer) => {
        if (!answer.ok) return;
        this.version = (await answer.json()).version;
        this.#pending.clear();
        this.#forget();
      })
      .catch(() => {})
      .finally(() => (this.#busy = null));
  }

  #keep() {
    try {
      localStorage.setItem(this.#key, JSON.stringify({ at: Date.now(), changes: Object.fromEntries(this.#pending) }));
    } catch {
      // A full or forbidden store: the server's copy is then the only one.
    }
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "null");
    } catch {
      return null;
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // As above.
    }
  }
}
