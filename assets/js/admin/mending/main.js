// Mending by hand: the page on which the author listens and sets where sentences begin and end.
// Without this script the page is a table of times with a form.
import { Keys } from "./keys.js";
import { List } from "./list.js";
import { byHand, isByHand, isSilent, isTimed, isUnsure, Model } from "./model.js";
import { Player } from "./player.js";
import { Saver } from "./save.js";
import { clock, speaker } from "./text.js";
import { Tools } from "./tools.js";
import { Wave } from "./wave.js";

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const [SKIP_MS, FAR_MS] = [3000, 15_000];
const [NUDGE_MS, FINE_MS] = [100, 10];
/** While the author works, the sentence at hand stays his; after so much sound without a key it
 * goes along with what is heard. */
const OWN_MS = 20_000;
/** A sentence that was tapped ends here until the next tap says better. */
const LENGTH_MS = (text) => 600 + 130 * [...text].length;

const root = document.getElementById("mending");
if (root) start(root);

function start(root) {
  const say = speaker(root);
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const audio = document.querySelector("[data-mending-audio]");
  const model = new Model();
  const player = new Player(audio);
  const wave = new Wave(root, model, player);
  const list = new List(root, model, say);
  const tools = new Tools(root.querySelector('[data-part="tools"]'), model, say);
  const saver = new Saver(root, model, say);
  const follow = part("follow");
  let selected = null; // an id
  let ownFrom = -Infinity; // where in the sound the author last did something
  let peaksAsked = "";
  const guessed = new Set(); // ids whose end waits for the next tap
  const spoken = new Map(); // id to the time that it had before it was marked as not spoken

  root.hidden = false;
  document.getElementById("mending-plain").hidden = true;
  audio.controls = false;
  part("player").append(audio);

  const line = () => (selected === null ? null : (model.line(selected) ?? null));

  function select(wanted, { scroll = true, own = true, reveal = true } = {}) {
    if (!wanted) return;
    selected = wanted.id;
    if (own) ownFrom = player.ms;
    list.select(wanted, scroll);
    tools.show(wanted);
    wave.select(wanted);
    if (reveal && isTimed(wanted.times) && !player.playing) wave.reveal(wanted.times.start);
  }

  /** Goes to a sentence: what plays goes on, else the playhead waits at its start. */
  function go(wanted, options = {}) {
    select(wanted, options);
    if (wanted && !player.playing && isTimed(wanted.times)) player.seek(wanted.times.start);
  }

  function step(name, parts, { join = false, back = selected, forth = selected } = {}) {
    ownFrom = player.ms;
    if (!model.do(name, parts, join)) return false;
    const done = model.peek(false);
    done.back ??= back;
    done.forth = forth;
    return true;
  }

  /** Moves an end of the sentence at hand. */
  function place(name, start, end, repeat = false) {
    const at = line();
    if (at) step(name, model.placed(at, start, end), { join: repeat });
  }

  function nudge(end, by, repeat) {
    const at = line();
    if (!isTimed(at?.times)) return;
    const { start, end: stop } = at.times;
    if (end === "start") place("start", Math.min(start + by, stop - 50), stop, repeat);
    else place("end", start, Math.max(stop + by, start + 50), repeat);
  }

  function here(end) {
    const at = line();
    if (!at) return;
    const ms = player.heardMs;
    const old = isTimed(at.times) ? at.times : null;
    if (end === "start") place("start", ms, old && old.end > ms + 50 ? old.end : guess(at, ms));
    else if (old && old.start < ms - 50) place("end", old.start, ms);
  }

  /** An end for a sentence that begins here and has none: by its length, at most where the next begins. */
  function guess(at, ms) {
    guessed.add(at.id);
    const next = model.nextSpoken(at.index);
    const most = next && isTimed(next.times) && next.times.start > ms + 300 ? next.times.start : Infinity;
    return Math.min(ms + LENGTH_MS(at.text), most, model.durationMs);
  }

  /** The start of the next sentence is heard now. */
  function tap() {
    const at = line() ?? model.lines[0];
    if (!at) return;
    const ms = player.heardMs;
    const ahead = isTimed(at.times) ? ms < at.times.start - 300 && !isByHand(at.times) : !isSilent(at.times);
    const target = ahead ? at : model.nextSpoken(at.index);
    if (!target) return tell(say("last"));
    const old = isTimed(target.times) ? target.times : null;
    const parts = model.placed(target, ms, old && old.end > ms + 300 && !guessed.has(target.id) ? old.end : guess(target, ms));
    if (target !== at && guessed.delete(at.id) && isTimed(at.times) && at.times.start < ms - 100) {
      const end = wave.quietBefore(ms, at.times.start + 200);
      const known = parts.find((p) => p.id === at.id);
      if (known) known.after = { ...known.after, end };
      else parts.push({ id: at.id, before: at.times, after: { ...at.times, end } });
    }
    step("tap", parts, { back: at.id, forth: target.id });
    select(target, { reveal: false });
  }

  function unsure(by) {
    const from = line()?.index ?? -1;
    const { lines } = model;
    for (let n = 1; n <= lines.length; n++) {
      const next = lines[(from + by * n + lines.length * 2) % lines.length];
      if (isUnsure(next.times)) return go(next);
    }
    tell(say("all_sure"));
  }

  /** One request at a time of those that change which sentences there are. */
  let waiting = false;
  async function alone(work) {
    if (waiting) return;
    waiting = true;
    try {
      await work();
    } finally {
      waiting = false;
    }
  }

  async function split({ line: at, at: characters }) {
    tools.split(false);
    const before = at.times;
    const inside = isTimed(before) && player.ms > before.start + 50 && player.ms < before.end - 50;
    const split = { id: at.id, at: characters, ...(inside && { ms: Math.round(player.ms) }) };
    if (!(await saver.request("split", split))) return;
    const first = model.line(split.id);
    const second = first && model.lines[first.index + 1];
    if (second) model.push({ name: "split", split, id: first.id, second: second.id, times: before, back: first.id, forth: second.id });
    select(second ?? first);
  }

  async function join() {
    const first = line();
    if (!first) return;
    const second = model.lines[first.index + 1];
    // A sentence does not reach over the end of a paragraph.
    if (second?.block !== first.block) return tell(say("no_joint"));
    const done = { name: "join", id: first.id, second: second.id, text: [...first.text].length, before: [first.times, second.times], back: first.id, forth: first.id };
    if (!(await saver.request("join", { id: first.id }))) return;
    model.push(done);
    model.rename(done.second, done.id);
    select(model.line(done.id));
  }

  /** What undo and redo of a split or a join ask of the server. */
  async function again(step, redo) {
    if (step.name === "split" ? redo : !redo) {
      const split = step.name === "split" ? step.split : { id: step.id, at: step.text, times: step.before };
      if (!(await saver.request("split", { ...split, id: model.name(step.id), ...(split.times && { times: split.times.map(wire) }) }))) return false;
      const first = model.line(step.id);
      const second = model.lines[first.index + 1];
      // What was done to the second half before is done to the new one.
      model.unname(step.second);
      model.rename(step.second, second.id);
      step.second = second.id;
      return true;
    }
    const times = step.name === "split" ? { times: wire(step.times) } : {};
    if (!(await saver.request("join", { id: model.name(step.id), ...times }))) return false;
    model.rename(step.second, step.id);
    return true;
  }

  async function undo(redo) {
    const next = model.peek(redo);
    if (!next) return;
    if (!next.parts && !(next.name === "realign" ? await realigned(next, redo) : await again(next, redo))) return;
    model.take(redo);
    const there = model.line(redo ? next.forth : next.back);
    if (there) select(there);
  }

  /** Undo puts back what stood there, whatever the machine has found by now or would find. */
  async function realigned({ between, before }, redo) {
    const [after, behind] = [between.after, between.before].map((id) => (id === null ? null : model.name(id)));
    if (!(await saver.request("align", { after, before: behind, stop: !redo }))) return false;
    if (!redo) model.restore(before);
    return true;
  }

  /** Asks in a dialog; `true` if the author wants it. */
  function agreed(values) {
    const ask = part("ask");
    const text = ask.querySelector("[data-text]");
    text.textContent = text.dataset.text.replace("%count", values.count);
    ask.returnValue = "";
    ask.showModal();
    return new Promise((done) => ask.addEventListener("close", () => done(ask.returnValue === "yes"), { once: true }));
  }

  async function realign() {
    const at = line();
    if (!at) return;
    const [from, to] = model.fixedAround(at.index);
    const free = model.lines.slice(from + 1, to).filter((l) => !isByHand(l.times));
    if (free.length === 0) return tell(say("nothing_between"));
    // With nothing fixed it is all of them: nobody wants that by a slip of the hand.
    if (from < 0 && to >= model.lines.length && !(await agreed({ count: free.length }))) return;
    const before = free.map((l) => [l.id, l.times]);
    const between = { after: model.lines[from]?.id ?? null, before: model.lines[to]?.id ?? null };
    if (!(await saver.request("align", between))) return;
    model.push({ name: "realign", before, between, back: at.id, forth: at.id });
    tell(say("aligning"));
  }

  function rate(by) {
    const now = RATES.findIndex((r) => r >= player.rate - 0.01);
    player.rate = RATES[Math.min(RATES.length - 1, Math.max(0, now + by))];
  }

  const playFrom = (at) => {
    if (!isTimed(at?.times)) return;
    select(at, { scroll: false });
    player.play(at.times.start);
  };

  const keysBox = part("keys");
  const commands = {
    toggle: () => player.toggle(),
    tap,
    from: () => playFrom(line()),
    only: () => isTimed(line()?.times) && player.play(line().times.start, line().times.end),
    previous: () => go(model.lines[Math.max(0, (line()?.index ?? 1) - 1)]),
    next: () => go(model.lines[Math.min(model.lines.length - 1, (line()?.index ?? -1) + 1)]),
    here: () => select(model.at(player.ms)),
    back: () => player.skip(-SKIP_MS),
    forward: () => player.skip(SKIP_MS),
    "back-far": () => player.skip(-FAR_MS),
    "forward-far": () => player.skip(FAR_MS),
    "start-earlier": ({ repeat }) => nudge("start", -NUDGE_MS, repeat),
    "start-later": ({ repeat }) => nudge("start", NUDGE_MS, repeat),
    "start-earlier-fine": ({ repeat }) => nudge("start", -FINE_MS, repeat),
    "start-later-fine": ({ repeat }) => nudge("start", FINE_MS, repeat),
    "end-earlier": ({ repeat }) => nudge("end", -NUDGE_MS, repeat),
    "end-later": ({ repeat }) => nudge("end", NUDGE_MS, repeat),
    "end-earlier-fine": ({ repeat }) => nudge("end", -FINE_MS, repeat),
    "end-later-fine": ({ repeat }) => nudge("end", FINE_MS, repeat),
    "start-here": () => here("start"),
    "end-here": () => here("end"),
    split: () => line() && tools.split(!tools.splitting, true),
    join: () => void alone(join),
    silent: () => {
      const at = line();
      if (!at) return;
      // Taken back, the mark leaves what stood there before it.
      const after = isSilent(at.times) ? (spoken.get(at.id) ?? model.ofMachine(at)) : { silent: true, byHand: true };
      if (!isSilent(at.times)) spoken.set(at.id, at.times);
      step("silent", [{ id: at.id, before: at.times, after }]);
    },
    fix: () => {
      const at = line();
      if (isTimed(at?.times) && !isByHand(at.times)) step("fix", [{ id: at.id, before: at.times, after: byHand(at.times.start, at.times.end) }]);
    },
    free: () => {
      const at = line();
      if (!isByHand(at?.times)) return;
      // The place stays until a machine finds a better one, but nobody vouches for it. What is not
      // spoken has none: there it is what a machine or a file said last.
      const after = isTimed(at.times) ? { ...at.times, origin: "inferred", percent: 0 } : model.ofMachine(at);
      step("free", [{ id: at.id, before: at.times, after }]);
    },
    realign: () => void alone(realign),
    unsure: () => unsure(1),
    "unsure-back": () => unsure(-1),
    slower: () => rate(-1),
    faster: () => rate(1),
    "zoom-in": () => wave.zoom(1),
    "zoom-out": () => wave.zoom(-1),
    undo: () => void alone(() => undo(false)),
    redo: () => void alone(() => undo(true)),
    keys: () => {
      keysBox.open = !keysBox.open;
      if (keysBox.open) keysBox.scrollIntoView({ block: "nearest" });
    },
    save: () => (saver.unsaved > 0 ? void saver.flush() : tell(say("ready"))),
  };
  new Keys(root, commands);

  list.addEventListener("select", (event) => {
    go(event.detail, { scroll: false });
  });
  list.addEventListener("play", (event) => playFrom(event.detail));
  list.addEventListener("gap", (event) => player.play(event.detail.start, event.detail.end));
  list.addEventListener("built", () => line() && list.select(line(), false));
  tools.addEventListener("split", (event) => void alone(() => split(event.detail)));
  tools.addEventListener("typed", (event) => {
    const at = line();
    const { name, ms } = event.detail;
    const old = isTimed(at.times) ? at.times : null;
    if (name === "start") place("start", ms, old && old.end > ms ? old.end : guess(at, ms));
    else if (old && ms > old.start) place("end", old.start, ms);
    else tools.show(at);
  });
  wave.addEventListener("placed", (event) => {
    const at = model.line(event.detail[0].id);
    step("drag", event.detail, { back: at.id, forth: at.id });
    select(at, { reveal: false });
  });
  wave.addEventListener("pressed", (event) => {
    if (event.detail.line) select(event.detail.line, { reveal: false });
    player.seek(event.detail.ms);
  });

  // The sound.
  const position = part("position");
  const rateBox = part("rate");
  rateBox.addEventListener("change", () => (player.rate = Number(rateBox.value)));
  player.addEventListener("state", () => {
    root.toggleAttribute("data-playing", player.playing);
    for (const button of root.querySelectorAll('[data-do="toggle"]')) button.setAttribute("aria-label", player.playing ? say("pause") : say("play"));
    rateBox.value = String(player.rate);
    part("broken").hidden = !player.broken;
  });
  // Whoever goes somewhere works there.
  player.addEventListener("sought", () => (ownFrom = player.ms));
  let tenth = -1;
  player.addEventListener("tick", () => {
    const ms = player.ms;
    const now = model.at(ms);
    list.now(now, follow.checked && player.playing);
    if (player.playing && now && now.id !== selected && Math.abs(ms - ownFrom) > OWN_MS) select(now, { scroll: false, own: false });
    if (Math.floor(ms / 100) === tenth) return;
    tenth = Math.floor(ms / 100);
    position.textContent = clock(ms, 1);
  });

  // What the page says.
  const state = part("state");
  const ways = part("ways");
  function tell(text, way = "", aloud = true) {
    if (state.textContent !== text) state.textContent = text;
    if (aloud) part("live").textContent = text;
    state.closest("p").classList.toggle("save-bad", way !== "");
    for (const one of ways.children) one.hidden = one.dataset.way !== way && !(way === "login" && one.dataset.way === "again");
  }
  saver.addEventListener("told", (event) => tell(event.detail.text, event.detail.way, event.detail.aloud));
  saver.addEventListener("merged", (event) => {
    const note = part("merged");
    note.hidden = false;
    note.querySelector("span").textContent = event.detail;
  });
  part("merged").querySelector("button").addEventListener("click", () => (part("merged").hidden = true));
  saver.addEventListener("status", (event) => void status(event.detail));
  model.addEventListener("loaded", () => {
    select(line() ?? model.lines[0], { scroll: false, own: false, reveal: false });
    part("length").textContent = clock(model.durationMs, 0);
    count();
  });
  for (const type of ["shown", "steps"]) {
    model.addEventListener(type, () => {
      tools.show(line());
      count();
    });
  }

  let counting = 0;
  function count() {
    counting ||= setTimeout(() => {
      counting = 0;
      const of = (test) => model.lines.filter((l) => test(l.times)).length;
      part("unsure").textContent = String(of(isUnsure));
      part("hand").textContent = String(of(isByHand));
      part("silent").textContent = String(of(isSilent));
      const [done, undone] = model.steps;
      part("undo").textContent = String(done);
      part("redo").textContent = String(undone);
      root.querySelector('[data-do="undo"]').disabled = done === 0;
      root.querySelector('[data-do="redo"]').disabled = undone === 0;
    }, 60);
  }

  /** Work that is under way, and the peaks once somebody has heard the recording. */
  async function status(now) {
    const work = part("work");
    work.hidden = !now.work?.text;
    if (now.work?.text) {
      work.querySelector("span").textContent = now.work.text;
      const bar = work.querySelector("progress");
      bar.hidden = !now.work.open;
      bar.value = now.work.percent;
    }
    part("hearing").hidden = now.peaks !== "coming";
    part("unheard").hidden = now.peaks !== "none";
    if (now.peaks === "there" && peaksAsked !== root.dataset.peaks) {
      peaksAsked = root.dataset.peaks;
      try {
        const answer = await fetch(root.dataset.peaks, { credentials: "same-origin" });
        if (answer.ok) wave.setPeaks(new Uint8Array(await answer.arrayBuffer()), now.peak_ms);
        else peaksAsked = "";
      } catch {
        peaksAsked = "";
      }
    }
  }

  saver.start().catch((error) => tell(error.message || say("failed"), "again"));
}

/** A time for a request that says them as the server does. */
function wire(times) {
  if (times === null) return "unknown";
  if (times.silent) return { "not-spoken": times.byHand };
  return { at: { start_ms: times.start, end_ms: times.end, origin: times.origin, percent: times.percent } };
}
