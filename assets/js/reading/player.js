// The sound: the page's audio element stays what is true; this says what it does.

/** Nearer than this to its end, a passage is over, in seconds. */
const CLOSE = 0.02;

/** Events: `state` (plays, waits, fails, another speed or length), `tick` (another place),
 * `sought` (somebody went there), `passage` (a passage came to its end). */
export class Player extends EventTarget {
  #audio;
  #until = null; // where playing ends by itself, in seconds
  #wanted = null; // where to begin, as long as nothing is loaded
  #frame = 0;
  #timer = 0;
  waiting = false;
  /** Whether anything was played since the page was opened. */
  started = false;

  constructor(audio) {
    super();
    this.#audio = audio;
    // A media fragment would end the sound in its own way.
    const [bare, fragment] = audio.getAttribute("src").split("#");
    if (fragment) audio.src = bare;
    audio.preservesPitch = true;
    for (const type of ["play", "pause", "ended", "ratechange", "durationchange"]) audio.addEventListener(type, () => this.#told());
    for (const type of ["waiting", "stalled", "seeking"]) audio.addEventListener(type, () => this.#wait());
    for (const type of ["playing", "canplay", "pause", "error", "seeked"]) audio.addEventListener(type, () => this.#wait(false));
    audio.addEventListener("loadedmetadata", () => {
      const [wanted, there] = [this.#wanted, audio.currentTime];
      this.#wanted = null;
      if (wanted !== null && Math.abs(wanted - there) > 0.05) audio.currentTime = wanted;
    });
    audio.addEventListener("seeked", () => this.#tick());
    // Also in a tab that draws nothing.
    audio.addEventListener("timeupdate", () => this.#tick());
    audio.addEventListener("error", () => this.#told());
  }

  /** Where the sound is, in seconds. */
  get at() {
    return this.#wanted ?? this.#audio.currentTime;
  }

  /** In seconds; before anything is loaded, what the server knows. */
  get duration() {
    const { duration } = this.#audio;
    return Number.isFinite(duration) && duration > 0 ? duration : Number(this.#audio.dataset.durationMs) / 1000 || 0;
  }

  get playing() {
    return !this.#audio.paused && !this.#audio.ended;
  }

  get broken() {
    return this.#audio.error !== null;
  }

  get rate() {
    return this.#audio.playbackRate;
  }

  set rate(rate) {
    this.#audio.defaultPlaybackRate = rate;
    this.#audio.playbackRate = rate;
  }

  /** Where a passage that is being played ends, in seconds, else `null`. */
  get until() {
    return this.#until;
  }

  /** Plays on after the passage. */
  letGo() {
    this.#until = null;
    this.#told();
  }

  seek(seconds) {
    this.#until = null;
    this.#go(seconds);
    this.dispatchEvent(new Event("sought"));
  }

  #go(seconds) {
    const at = Math.min(Math.max(0, seconds), Math.max(0, this.duration - 0.1) || Infinity);
    if (this.#audio.readyState === 0) this.#wanted = at;
    else this.#audio.currentTime = at;
    this.#tick();
  }

  /** Plays from a place, up to another if there is one. */
  play(from = null, until = null) {
    this.started = true;
    if (from !== null) this.seek(from);
    if (until !== null) this.#until = until;
    if (this.broken) {
      this.#wanted = this.at;
      this.#audio.load();
    }
    // What goes wrong is told by the element's own events; a pause meanwhile is no fault.
    this.#audio.play().catch(() => this.#told());
  }

  pause() {
    this.#audio.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  skip(seconds) {
    const until = this.#until;
    this.seek(this.at + seconds);
    // Within a passage one stays in it.
    if (until !== null && this.at < until) this.#until = until;
  }

  #wait(waiting = true) {
    const now = waiting && this.playing && this.#audio.readyState < 3;
    if (now === this.waiting) return;
    this.waiting = now;
    this.#told();
  }

  #told() {
    if (this.playing) {
      this.started = true;
      this.#frame ||= requestAnimationFrame(() => this.#draw());
    }
    this.dispatchEvent(new Event("state"));
    this.#tick();
  }

  // Frames come only while the page is seen.
  #draw() {
    this.#frame = 0;
    this.#tick();
    if (this.playing) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #tick() {
    this.#end();
    this.dispatchEvent(new Event("tick"));
  }

  /** Ends a passage on its last word, not at the next of the browser's own four looks a second. */
  #end() {
    clearTimeout(this.#timer);
    if (this.#until === null || !this.playing) return;
    const left = (this.#until - this.#audio.currentTime) / this.rate;
    if (left > CLOSE) {
      if (left < 0.6) this.#timer = setTimeout(() => this.#tick(), left * 1000);
      return;
    }
    const end = this.#until - CLOSE;
    this.#until = null;
    this.#audio.pause();
    // Where the next sentence hasn't begun.
    if (this.#audio.currentTime > end + CLOSE / 2) this.#audio.currentTime = end;
    this.dispatchEvent(new Event("passage"));
  }
}
