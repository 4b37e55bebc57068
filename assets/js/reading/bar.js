// The bar at the foot of the window and the button at the head of the piece: what they show.
import { recall, remember } from "./memory.js";
import { clock, spoken } from "./text.js";

const [RATE, SMALL] = ["daebon:rate", "daebon:small"];
/** Sooner than this nobody is told that the sound is being waited for. */
const PATIENCE_MS = 700;

export class Bar {
  #part;
  #say;
  #player;
  #listen;
  #second = -1;
  #held = false; // the reader holds the slider
  #over = false; // a passage has ended, and nothing was done since
  #late = false; // the sound has been waited for too long to say nothing
  #patience = 0;
  #place; // where to go on, as long as nothing was played

  constructor(root, player, say, place) {
    this.#part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.#say = say;
    this.#player = player;
    this.#place = place;
    this.#listen = document.querySelector('[data-part="listen"]');
    this.element = this.#part("bar");
    this.#slider();
    this.#rates();
    this.#size(recall(SMALL) !== null, false);
    this.#seen();
    player.addEventListener("state", () => this.#state());
    player.addEventListener("tick", () => this.#tick());
    player.addEventListener("sought", () => this.#passed(false));
    player.addEventListener("passage", () => this.#passed(true));
    this.#state();
  }

  /** How much of the window the bar covers, in pixels. */
  get height() {
    if (this.element.hidden || this.element.dataset.size === "small") return 0;
    return this.element.offsetHeight + this.#part("note").offsetHeight;
  }

  /** The way back to the sentence that is heard: `"up"`, `"down"`, or none needed. */
  set lost(way) {
    const button = this.#part("here");
    button.hidden = !way;
    if (way) button.dataset.way = way;
  }

  show() {
    this.element.hidden = false;
  }

  #passed(over) {
    this.#over = over;
    this.#state();
  }

  /** While the big button is in view and nothing was played, it is enough. */
  #seen() {
    this.#listen.hidden = false;
    new IntersectionObserver(([entry]) => {
      if (this.#player.started) return;
      this.element.hidden = entry.isIntersecting || entry.boundingClientRect.top > 0;
    }).observe(this.#listen);
  }

  #slider() {
    const seek = this.#part("seek");
    seek.addEventListener("input", () => {
      this.#held = true;
      this.#print(seek.valueAsNumber);
    });
    seek.addEventListener("change", () => {
      this.#held = false;
      this.#player.seek(seek.valueAsNumber);
    });
  }

  #rates() {
    const box = this.#part("rate");
    box.value = recall(RATE) ?? "1";
    if (box.selectedIndex < 0) box.value = "1";
    this.#player.rate = Number(box.value);
    box.addEventListener("change", () => this.#setRate(box));
  }

  /** The next speed up or down. */
  rate(by) {
    const box = this.#part("rate");
    box.selectedIndex = Math.min(box.length - 1, Math.max(0, box.selectedIndex + by));
    this.#setRate(box);
  }

  #setRate(box) {
    this.#player.rate = Number(box.value);
    remember(RATE, box.value === "1" ? null : box.value);
  }

  /** Small or whole. */
  size() {
    this.#size(this.element.dataset.size !== "small");
  }

  #size(small, keep = true) {
    this.element.dataset.size = small ? "small" : "whole";
    const button = this.#part("size");
    button.ariaLabel = button.title = this.#say(small ? "large" : "small");
    if (keep) remember(SMALL, small ? "1" : null);
  }

  #state() {
    const { playing, waiting, broken, started, until } = this.#player;
    if (started) this.show();
    if (playing) {
      this.#place = 0;
      this.#over = false;
    }
    const say = this.#say;
    const label = say(playing ? "pause" : "play");
    for (const button of [this.#part("play"), this.#listen]) button.toggleAttribute("data-playing", playing);
    this.#part("play").ariaLabel = label;
    const words = playing ? label : this.#place ? say("resume", { time: clock(this.#place) }) : say("listen");
    this.#write(this.#listen.lastElementChild, words);

    this.element.toggleAttribute("data-waiting", waiting);
    if (!waiting) {
      clearTimeout(this.#patience);
      this.#patience = 0;
      this.#late = false;
    } else {
      this.#patience ||= setTimeout(() => {
        this.#late = true;
        this.#state();
      }, PATIENCE_MS);
    }
    this.#note(broken ? "broken" : this.#late ? "waiting" : until !== null ? "passage" : this.#over ? "over" : "");
    this.#print(this.#player.at, true);
  }

  /** One sentence over the bar, heard as well. */
  #note(key) {
    const note = this.#part("note");
    const text = key && this.#say(key);
    note.hidden = !text;
    if (note.firstElementChild.textContent === text) return;
    note.firstElementChild.textContent = text;
    this.#part("whole").hidden = key !== "passage" && key !== "over";
    if (text) this.#part("live").textContent = text;
  }

  #tick() {
    if (!this.#held) this.#print(this.#player.at);
  }

  #print(at, all = false) {
    const second = Math.floor(at + 0.001);
    if (second === this.#second && !all) return;
    this.#second = second;
    const { duration } = this.#player;
    const seek = this.#part("seek");
    const most = Math.floor(duration);
    if (seek.max !== String(most)) seek.max = most;
    if (!this.#held) seek.value = second;
    seek.style.setProperty("--at", `${most > 0 ? (Math.min(second, most) / most) * 100 : 0}%`);
    seek.ariaValueText = this.#say("place", { at: spoken(second, this.#say), total: spoken(most, this.#say) });
    this.#write(this.#part("at"), clock(second));
    this.#write(this.#part("length"), clock(duration));
  }

  /** Only what changed is written: a live region says it again otherwise. */
  #write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
}
