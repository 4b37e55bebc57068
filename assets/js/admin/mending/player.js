// The sound: an audio element, what is played of it, and a tick for every picture drawn.

/** From hearing a sentence begin to pressing the key, at speed 1. What is practised with a
 * rhythm of speech takes 100 to 150 ms; at other speeds the sound has moved by as much more. */
export const REACTION_MS = 120;

export class Player extends EventTarget {
  #audio;
  #until = null; // where playing ends by itself, in milliseconds
  #frame = 0;

  constructor(audio) {
    super();
    this.#audio = audio;
    for (const type of ["play", "pause", "ratechange", "loadedmetadata", "error"]) audio.addEventListener(type, () => this.#told());
    audio.addEventListener("seeked", () => this.#tick());
    // Also in a tab that draws nothing.
    audio.addEventListener("timeupdate", () => this.#check());
  }

  get ms() {
    return this.#audio.currentTime * 1000;
  }

  get playing() {
    return !this.#audio.paused && !this.#audio.ended;
  }

  get rate() {
    return this.#audio.playbackRate;
  }

  set rate(rate) {
    this.#audio.playbackRate = rate;
    this.#audio.defaultPlaybackRate = rate;
  }

  /** Where the ear was when a key is pressed now. */
  get heardMs() {
    return Math.round(this.playing ? Math.max(0, this.ms - REACTION_MS * this.rate) : this.ms);
  }

  get broken() {
    return this.#audio.error !== null;
  }

  seek(ms) {
    this.#until = null;
    const most = Number.isFinite(this.#audio.duration) ? this.#audio.duration : Infinity;
    this.#audio.currentTime = Math.min(Math.max(0, ms / 1000), most);
    this.dispatchEvent(new Event("sought"));
    this.#tick();
  }

  /** Plays from a place, up to another if there is one. */
  play(from = null, until = null) {
    if (from !== null) this.seek(from);
    this.#until = until;
    this.#audio.play().catch(() => this.#told());
  }

  pause() {
    this.#until = null;
    this.#audio.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  skip(ms) {
    const until = this.#until;
    this.seek(this.ms + ms);
    if (until !== null && this.ms < until) this.#until = until;
  }

  #check() {
    if (this.#until !== null && this.ms >= this.#until) {
      const end = this.#until;
      this.pause();
      this.#audio.currentTime = end / 1000;
    }
  }

  #told() {
    if (this.playing && !this.#frame) this.#frame = requestAnimationFrame(() => this.#run());
    this.dispatchEvent(new Event("state"));
    this.#tick();
  }

  #run() {
    this.#frame = 0;
    this.#check();
    this.#tick();
    if (this.playing) this.#frame = requestAnimationFrame(() => this.#run());
  }

  #tick() {
    this.dispatchEvent(new Event("tick"));
  }
}
