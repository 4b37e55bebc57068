// The waveform: the whole recording as a strip, and some seconds around the playhead, with the
// sentences on it whose ends can be dragged. Works without peaks too: then it shows time alone.
import { isByHand, isTimed, isUnsure } from "./model.js";
import { clock } from "./text.js";

const GRIP_PX = 14; // how near to an end a press takes hold of it
const SPANS_MS = [5_000, 10_000, 20_000, 30_000, 60_000, 180_000];
/** The playhead stands here while the picture moves under it. */
const HEAD_AT = 0.35;

export class Wave extends EventTarget {
  #model;
  #player;
  #detail;
  #whole;
  #peaks = null;
  #stepMs = 50;
  #strip = null; // the whole recording, drawn once
  #bars = null; // the sound around the detail, drawn once for a while
  #drawn = ""; // what the strip shows, so that it is not drawn again for nothing
  #colours = {};
  #span = 2;
  #from = 0; // left edge of the detail
  #selected = null;
  #drag = null;
  #frame = 0;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(root, model, player) {
    super();
    this.#model = model;
    this.#player = player;
    this.#detail = root.querySelector('[data-part="detail"]');
    this.#whole = root.querySelector('[data-part="whole"]');
    player.addEventListener("tick", () => this.#follow());
    for (const type of ["loaded", "shown"]) model.addEventListener(type, () => this.#redraw(true));
    new ResizeObserver(() => this.#redraw(true)).observe(this.#detail);
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", () => this.#redraw(true, true));
    this.#listen();
  }

  get spanMs() {
    return SPANS_MS[this.#span];
  }

  zoom(by) {
    const head = this.#player.ms;
    const at = (head - this.#from) / this.spanMs;
    this.#span = Math.min(SPANS_MS.length - 1, Math.max(0, this.#span - by));
    this.#from = at >= 0 && at <= 1 ? head - at * this.spanMs : head - HEAD_AT * this.spanMs;
    this.#redraw();
  }

  setPeaks(bytes, stepMs) {
    this.#peaks = bytes;
    this.#bars = null;
    this.#stepMs = stepMs;
    this.#redraw(true);
  }

  select(line) {
    this.#selected = line?.id ?? null;
    this.#redraw();
  }

  /** Brings a time into the picture if it is not there. */
  reveal(ms) {
    if (ms < this.#from || ms > this.#from + this.spanMs * 0.9) this.#from = ms - HEAD_AT * this.spanMs;
    this.#redraw();
  }

  /** Lies it still around here? For ends of sentences that were tapped: where the sound before
   * `ms` went quiet, or `ms` itself. */
  quietBefore(ms, notBefore) {
    if (!this.#peaks) return ms;
    const step = this.#stepMs;
    let at = Math.min(this.#peaks.length, Math.floor(ms / step));
    const from = Math.max(0, Math.floor(notBefore / step), at - Math.floor(2000 / step));
    let loudest = 0;
    for (let n = from; n < at; n++) loudest = Math.max(loudest, this.#peaks[n]);
    const quiet = loudest * 0.12;
    // The key comes a little late or early: what is loud right before it is the next sentence.
    let n = at - 1;
    for (let skipped = 0; skipped < 4 && n > from && this.#peaks[n] > quiet; skipped++) n--;
    if (this.#peaks[n] > quiet) return ms;
    while (n > from && this.#peaks[n] <= quiet) n--;
    return Math.round(Math.min(ms, (n + 2) * step));
  }

  #listen() {
    const detail = this.#detail;
    detail.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const ms = this.#msAt(event);
      const grip = this.#gripAt(ms, event.pointerType === "mouse" ? GRIP_PX / 2 : GRIP_PX);
      this.#drag = { x: event.clientX, from: this.#from, ms, grip, moved: false, parts: null };
      detail.setPointerCapture(event.pointerId);
      if (grip) event.preventDefault();
    });
    detail.addEventListener("pointermove", (event) => {
      const drag = this.#drag;
      if (!drag) {
        const over = this.#gripAt(this.#msAt(event), GRIP_PX / 2);
        detail.style.cursor = over ? "ew-resize" : "";
        return;
      }
      if (!drag.moved && Math.abs(event.clientX - drag.x) < 4) return;
      drag.moved = true;
      if (drag.grip) this.#pull(drag, this.#msAt(event));
      else {
        this.#from = drag.from - ((event.clientX - drag.x) / detail.clientWidth) * this.spanMs;
        this.#redraw();
      }
    });
    const end = (event, cancelled) => {
      const drag = this.#drag;
      this.#drag = null;
      if (!drag) return;
      if (drag.parts) {
        this.#model.unshow(drag.parts);
        if (!cancelled) this.dispatchEvent(new CustomEvent("placed", { detail: drag.parts }));
      } else if (!cancelled && !drag.moved) {
        const on = this.#model.between(drag.ms, drag.ms + 1).at(-1);
        this.dispatchEvent(new CustomEvent("pressed", { detail: { ms: drag.ms, line: on ?? null } }));
      }
      this.#redraw();
    };
    detail.addEventListener("pointerup", (event) => end(event, false));
    detail.addEventListener("pointercancel", (event) => end(event, true));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#drag) end(event, true);
    });
    detail.addEventListener(
      "wheel",
      (event) => {
        const by = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
        if (event.ctrlKey) {
          event.preventDefault();
          this.zoom(event.deltaY < 0 ? 1 : -1);
        } else if (by !== 0) {
          event.preventDefault();
          this.#from += (by / detail.clientWidth) * this.spanMs;
          this.#redraw();
        }
      },
      { passive: false },
    );
    let held = false;
    const seek = (event) => {
      const box = this.#whole.getBoundingClientRect();
      this.#player.seek(((event.clientX - box.left) / box.width) * this.#model.durationMs);
    };
    this.#whole.addEventListener("pointerdown", (event) => {
      held = true;
      this.#whole.setPointerCapture(event.pointerId);
      seek(event);
    });
    this.#whole.addEventListener("pointermove", (event) => held && seek(event));
    for (const type of ["pointerup", "pointercancel"]) this.#whole.addEventListener(type, () => (held = false));
  }

  #msAt(event) {
    const box = this.#detail.getBoundingClientRect();
    return this.#from + ((event.clientX - box.left) / box.width) * this.spanMs;
  }

  #gripAt(ms, px) {
    const near = (px / this.#detail.clientWidth) * this.spanMs;
    const lines = this.#model.between(ms - near, ms + near + 1);
    const chosen = lines.find((line) => line.id === this.#selected);
    let best = null;
    // Of two ends at one place, the one of the sentence at hand, else the start.
    for (const line of chosen ? [chosen, ...lines] : lines) {
      for (const end of ["start", "end"]) {
        const away = Math.abs(line.times[end] - ms) + (line === chosen ? 0 : near / 3) + (end === "end" ? 1 : 0);
        if (Math.abs(line.times[end] - ms) <= near && (!best || away < best.away)) best = { line, end, away };
      }
    }
    return best;
  }

  #pull(drag, ms) {
    if (drag.parts) this.#model.unshow(drag.parts);
    const { line, end } = drag.grip;
    const { start, end: stop } = line.times;
    drag.parts = end === "start" ? this.#model.placed(line, Math.min(ms, stop - 50), stop) : this.#model.placed(line, start, Math.max(ms, start + 50));
    this.#model.show(drag.parts);
  }

  #follow() {
    const head = this.#player.ms;
    const span = this.spanMs;
    if (this.#player.playing && !this.#drag) {
      if (this.#calm.matches) {
        if (head < this.#from || head > this.#from + span * 0.9) this.#from = head - 0.1 * span;
      } else this.#from = head - HEAD_AT * span;
    } else if (!this.#drag && (head < this.#from || head > this.#from + span)) this.#from = head - HEAD_AT * span;
    this.#redraw();
  }

  #redraw(all = false, colours = false) {
    if (all) this.#strip = null;
    if (colours) {
      this.#colours = {};
      this.#bars = null;
    }
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#colours.ink) this.#readColours();
      this.#drawDetail();
      this.#drawWhole();
    });
  }

  #readColours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(name).trim();
    const forced = matchMedia("(forced-colors: active)").matches;
    this.#colours = forced
      ? { ink: "CanvasText", faint: "GrayText", line: "CanvasText", paper: "Canvas", wave: "CanvasText", accent: "Highlight", warning: "CanvasText", success: "CanvasText", danger: "Highlight" }
      : { ink: of("--ink"), faint: of("--ink-faint"), line: of("--line"), paper: of("--paper-sunk"), wave: of("--line-strong"), accent: of("--accent"), warning: of("--warning"), success: of("--success"), danger: of("--danger") };
    const font = getComputedStyle(this.#detail).fontFamily;
    this.#colours.font = `12px ${font}`;
  }

  #canvas(canvas) {
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const on = canvas.getContext("2d", { alpha: false });
    on.setTransform(scale, 0, 0, scale, 0, 0);
    return [on, width, height];
  }

  #colourOf(line) {
    const c = this.#colours;
    if (isByHand(line.times)) return c.success;
    return isUnsure(line.times) ? c.warning : c.accent;
  }

  #drawDetail() {
    const [on, width, height] = this.#canvas(this.#detail);
    const c = this.#colours;
    const [from, span] = [this.#from, this.spanMs];
    const x = (ms) => ((ms - from) / span) * width;
    const [top, ruler] = [20, 16];
    const middle = top + (height - top - ruler) / 2;
    on.fillStyle = c.paper;
    on.fillRect(0, 0, width, height);
    const inside = [x(0), x(this.#model.durationMs)];
    // Speech that the script does not have.
    for (const gap of this.#model.gaps) {
      if (gap.end < from || gap.start > from + span) continue;
      on.strokeStyle = c.warning;
      on.setLineDash([4, 4]);
      on.strokeRect(x(gap.start), top + 1, x(gap.end) - x(gap.start), height - top - ruler - 2);
      on.setLineDash([]);
    }
    const lines = this.#model.between(from, from + span);
    for (const line of lines) {
      const [a, b] = [x(line.times.start), x(line.times.end)];
      on.globalAlpha = line.id === this.#selected ? 0.3 : 0.12;
      on.fillStyle = this.#colourOf(line);
      on.fillRect(a, 0, Math.max(1, b - a), height - ruler);
    }
    on.globalAlpha = 1;
    on.fillStyle = c.wave;
    if (this.#peaks) this.#drawPeaks(on, width, middle, (height - top - ruler) / 2 - 2);
    else on.fillRect(Math.max(0, inside[0]), middle, Math.min(width, inside[1]) - Math.max(0, inside[0]), 1);
    on.textBaseline = "middle";
    on.font = c.font;
    for (const line of lines) {
      const [a, b] = [x(line.times.start), x(line.times.end)];
      const chosen = line.id === this.#selected;
      on.fillStyle = this.#colourOf(line);
      on.fillRect(a - (chosen ? 1 : 0), 0, chosen ? 3 : 1.5, height - ruler);
      on.fillRect(b - (chosen ? 2 : 0.5), chosen ? 0 : top, chosen ? 3 : 1, height - ruler - (chosen ? 0 : top));
      if (chosen) {
        // Grips that a finger finds.
        for (const at of [a, b]) {
          on.beginPath();
          on.arc(at, height - ruler - 8, 6, 0, 2 * Math.PI);
          on.fill();
        }
      }
      if (b - a > 24) {
        on.save();
        on.beginPath();
        on.rect(a + 4, 0, b - a - 8, top);
        on.clip();
        on.fillStyle = c.ink;
        const mark = isByHand(line.times) ? "✓ " : isUnsure(line.times) ? "? " : "";
        on.fillText(mark + line.text, Math.max(a + 5, Math.min(5, b - 40)), top / 2 + 1);
        on.restore();
      }
    }
    this.#drawRuler(on, width, height, ruler, x, from, span);
    const head = x(this.#player.ms);
    on.fillStyle = c.danger;
    on.fillRect(head - 1, 0, 2, height);
    on.beginPath();
    on.moveTo(head - 6, 0);
    on.lineTo(head + 6, 0);
    on.lineTo(head, 8);
    on.fill();
  }

  /** Copies the bars from a picture of three windows' width, drawn when the sound leaves it. */
  #drawPeaks(on, width, middle, half) {
    const span = this.spanMs;
    const scale = devicePixelRatio || 1;
    const key = `${span} ${width} ${half} ${scale}`;
    const held = this.#bars;
    if (held?.key !== key || this.#from < held.from || this.#from > held.from + 2 * span) this.#bars = this.#drawBars(key, width, half, scale);
    const x = ((this.#bars.from - this.#from) / span) * width;
    // On whole pixels of the screen, so that bars stay sharp.
    on.drawImage(this.#bars.canvas, Math.round(x * scale) / scale, middle - half, 3 * width, 2 * half);
  }

  #drawBars(key, width, half, scale) {
    const peaks = this.#peaks;
    const [span, step] = [this.spanMs, this.#stepMs];
    const from = this.#from - 0.5 * span;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(3 * width * scale);
    canvas.height = Math.max(1, Math.round(2 * half * scale));
    const on = canvas.getContext("2d");
    on.scale(scale, scale);
    on.fillStyle = this.#colours.wave;
    const bar = (step / span) * width;
    // Bars of at least 2 px, at places fixed in the sound.
    const join = Math.max(1, Math.ceil(2 / bar));
    const first = Math.max(0, Math.floor(from / step / join) * join);
    for (let n = first; n * step < from + 3 * span && n < peaks.length; n += join) {
      let most = 0;
      for (let m = n; m < n + join && m < peaks.length; m++) if (peaks[m] > most) most = peaks[m];
      const tall = Math.max(0.5, loudness(most) * half);
      on.fillRect(((n * step - from) / span) * width, half - tall, Math.max(1, bar * join - 1), 2 * tall);
    }
    return { key, from, canvas };
  }

  #drawRuler(on, width, height, ruler, x, from, span) {
    const c = this.#colours;
    const every = [500, 1000, 2000, 5000, 10_000, 30_000].find((ms) => (ms / span) * width >= 64) ?? 60_000;
    on.fillStyle = c.faint;
    for (let ms = Math.max(0, Math.floor(from / every) * every); ms < from + span && ms <= this.#model.durationMs; ms += every) {
      on.fillRect(x(ms), height - ruler, 1, 4);
      on.fillText(clock(ms, every < 1000 ? 1 : 0), x(ms) + 3, height - ruler / 2 + 1);
    }
  }

  #drawWhole() {
    const duration = Math.max(1, this.#model.durationMs);
    const x = (ms) => Math.round((ms / duration) * this.#whole.clientWidth);
    const key = [x(this.#from), x(this.spanMs), x(this.#player.ms), this.#whole.clientWidth].join(" ");
    if (this.#strip && this.#drawn === key) return;
    this.#drawn = key;
    const [on, width, height] = this.#canvas(this.#whole);
    this.#strip ??= this.#drawStrip(width, height, duration);
    on.drawImage(this.#strip, 0, 0, width, height);
    const c = this.#colours;
    on.strokeStyle = c.ink;
    on.lineWidth = 1;
    on.strokeRect(x(Math.max(0, this.#from)) + 0.5, 0.5, Math.max(3, x(this.spanMs)), height - 1);
    on.fillStyle = c.danger;
    on.fillRect(x(this.#player.ms) - 1, 0, 2, height);
  }

  #drawStrip(width, height, duration) {
    const scale = devicePixelRatio || 1;
    const strip = document.createElement("canvas");
    strip.width = Math.max(1, Math.round(width * scale));
    strip.height = Math.max(1, Math.round(height * scale));
    const on = strip.getContext("2d");
    on.scale(scale, scale);
    const c = this.#colours;
    const x = (ms) => (ms / duration) * width;
    on.fillStyle = c.paper;
    on.fillRect(0, 0, width, height);
    const foot = 5;
    const middle = (height - foot) / 2;
    on.fillStyle = c.wave;
    if (this.#peaks) {
      const peaks = this.#peaks;
      const per = duration / this.#stepMs / width;
      for (let column = 0; column < width; column++) {
        let most = 0;
        for (let n = Math.floor(column * per); n < (column + 1) * per && n < peaks.length; n++) if (peaks[n] > most) most = peaks[n];
        const tall = Math.max(0.5, loudness(most) * middle);
        on.fillRect(column, middle - tall, 1, 2 * tall);
      }
    } else on.fillRect(0, middle, width, 1);
    // How each place came by its time, at the foot.
    for (const line of this.#model.order) {
      if (!isTimed(line.times)) continue;
      on.fillStyle = this.#colourOf(line);
      on.fillRect(x(line.times.start), height - foot, Math.max(1, x(line.times.end) - x(line.times.start)), foot);
    }
    return strip;
  }
}

/** Heard loudness rather than amplitude, so that a quiet voice is seen too. */
function loudness(peak) {
  return Math.sqrt(peak / 255);
}
