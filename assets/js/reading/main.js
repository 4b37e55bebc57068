// The reading page: the text goes along with its sound, is quoted and searched. Without this
// script the browser's own player plays, and every sentence is a link to its second.
import { Bar } from "./bar.js";
import { Find, around } from "./find.js";
import { Follow } from "./follow.js";
import { listen } from "./keys.js";
import { keepPlace, placeOf } from "./memory.js";
import { Player } from "./player.js";
import { Quote } from "./quote.js";
import { Sentences } from "./sentences.js";
import { tellSystem } from "./session.js";
import { speaker } from "./text.js";
import { Track } from "./track.js";

const [NEAR, FAR] = [5, 15];
/** How often a place is written down, in seconds of sound. */
const KEEP_EVERY = 5;

const article = document.querySelector("article.post");
const root = document.getElementById("reading");
const text = document.getElementById("text");
if (article && root && text) start();

function start() {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const say = speaker(root);
  const live = part("live");
  // The same words once more are said once more.
  const tell = (words) => (live.textContent = words && live.textContent === words ? `${words}\u00a0` : words);
  const audio = document.getElementById("audio");

  const commands = {};
  const find = new Find(part("find"), text, say, tell);
  const track = new Track(text);
  const sentences = new Sentences(text);
  const quote = new Quote(part("quote"), text, say, tell, (sentence) => track.cue(sentence) !== undefined);
  let bar = null;
  let player = null;
  const follow = new Follow(
    () => ({ above: find.height, below: bar?.height ?? 0 }),
    () => player?.started && track.cues.length > 0,
  );

  commands.find = () => {
    const words = getSelection().toString().trim();
    quote.close();
    find.show(words);
  };
  commands["find-next"] = () => void find.step(1);
  commands["find-previous"] = () => void find.step(-1);
  commands["find-close"] = () => find.close();
  const help = part("help");
  commands.help = () => {
    // Reader modes read what is closed but not hidden.
    help.hidden = false;
    help.showModal?.();
  };
  help.addEventListener("close", () => (help.hidden = true));
  commands.quote = () => quote.take(sentences.focused ?? track.now?.element);
  commands["copy-quote"] = () => quote.copyQuote();
  commands["copy-link"] = () => quote.copyLink();
  commands.share = () => void quote.share();
  commands.only = () => quote.only();
  commands.escape = () => {
    if (!quote.open) return find.close();
    if (picked) tell(say("dropped"));
    quote.close();
  };
  find.addEventListener("found", ({ detail: range }) => {
    follow.stop();
    const box = range.getBoundingClientRect();
    const room = innerHeight - find.height - (bar?.height ?? 0);
    if (box.top < find.height + 8 || box.bottom > find.height + room - 8) follow.scrollTo(scrollY + box.top - find.height - room * 0.35, false);
  });
  find.addEventListener("closed", ({ detail: range }) => {
    const sentence = range && around(range);
    if (sentence) sentences.focus(sentence);
  });
  sentences.addEventListener("quoted", ({ detail: sentence }) => quote.take(sentence));
  // By key from sentence to sentence: said, since who does not see it must know as well.
  let picked = 0;
  sentences.addEventListener("picked", ({ detail: [passage, isForward] }) => {
    quote.pick(passage, isForward);
    const count = say("picked", { n: passage.length });
    tell(picked ? count : `${count} ${say("pickedHow")}`);
    picked = passage.length;
  });
  sentences.addEventListener("left", () => quote.close());
  quote.addEventListener("closed", () => {
    picked = 0;
    sentences.drop();
  });

  if (audio) {
    player = new Player(audio);
    bar = sound({ audio, player, part, say, track, follow, sentences, quote, commands });
  }
  showPassage(follow);
  const tools = document.querySelector('[data-part="tools"]');
  if (tools) tools.hidden = false;
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-do]")?.dataset.do;
    if (name) commands[name]?.();
  });
  listen(commands, part("keys-on"));
  root.dataset.ready = "";
}

/** What there is to do where there is sound. */
function sound({ audio, player, part, say, track, follow, sentences, quote, commands }) {
  const post = article.dataset.post;
  const passage = audio.dataset.from === undefined ? null : { from: Number(audio.dataset.from), to: audio.dataset.to === undefined ? null : Number(audio.dataset.to) };
  const place = passage ? 0 : placeOf(post, player.duration);
  audio.controls = false;
  audio.hidden = true;
  const bar = new Bar(part("bar").closest(".reading"), player, say, place);
  const chapters = chapterList(part, (seconds) => hear(seconds));

  /** From here on, and the page comes along. */
  function hear(from, until = null) {
    follow.start();
    player.play(from, until);
    if (track.now) follow.toward(track.now.element, { seen: true });
  }

  if (passage) player.seek(passage.from);
  else if (place) player.seek(place);
  let first = true;
  const begin = () => {
    const own = first && passage && Math.abs(player.at - passage.from) < 0.05;
    first = false;
    if (own) hear(passage.from, passage.to);
    else player.play();
  };

  /** The sentence before or after the one that is heard, in the order of the sound. */
  const step = (by) => {
    const { cues } = track;
    if (cues.length === 0) return;
    const at = track.now?.index ?? track.before(player.at) + (by < 0 ? 1 : 0);
    hear(cues[Math.min(cues.length - 1, Math.max(0, at + by))].from);
  };
  /** Back first leads to the start of the chapter that is heard. */
  const chapter = (by) => {
    const { at } = player;
    const goal = by > 0 ? chapters.find((start) => start > at + 0.1) : chapters.findLast((start) => start < at - 3);
    if (goal !== undefined || by < 0) hear(goal ?? 0);
  };
  Object.assign(commands, {
    toggle: () => (player.playing ? player.pause() : begin()),
    back: () => player.skip(-FAR),
    forward: () => player.skip(FAR),
    "back-near": () => player.skip(-NEAR),
    "forward-near": () => player.skip(NEAR),
    previous: () => step(-1),
    next: () => step(1),
    slower: () => bar.rate(-1),
    faster: () => bar.rate(1),
    size: () => bar.size(),
    whole: () => (player.until === null ? player.play() : player.letGo()),
    here: () => {
      follow.start();
      const cue = track.now ?? track.cues[track.before(player.at)];
      if (cue) follow.toward(cue.element, { always: true });
    },
  });
  if (chapters.length > 0) {
    commands["previous-chapter"] = () => chapter(-1);
    commands["next-chapter"] = () => chapter(1);
  }
  tellSystem(audio, player, commands, chapters.length > 0);

  sentences.addEventListener("heard", ({ detail: element }) => {
    const cue = track.cue(element);
    if (cue) hear(cue.from);
  });
  quote.addEventListener("only", ({ detail }) => {
    hear(...track.piece(detail));
  });
  const aim = () => {
    const cue = track.now ?? track.cues[track.before(player.at)];
    bar.lost = !follow.on && cue && (cue.element.getBoundingClientRect().top < innerHeight / 2 ? "up" : "down");
  };
  let frame = 0;
  const aimLater = () => {
    if (!follow.on) frame ||= requestAnimationFrame(() => ((frame = 0), aim()));
  };
  follow.addEventListener("change", aim);
  addEventListener("scroll", aimLater, { passive: true });
  track.addEventListener("change", () => {
    if (!track.now) return;
    aimLater();
    sentences.visit(track.now.element);
    if (follow.on && player.started) follow.toward(track.now.element);
  });

  let kept = place;
  // A passage that somebody is shown, and its end, are not where this reader stopped.
  let shownTo = null;
  player.addEventListener("passage", () => (shownTo = player.at));
  const keep = () => {
    if (!player.started || player.until !== null || (shownTo !== null && Math.abs(player.at - shownTo) < 1)) return;
    shownTo = null;
    kept = player.at;
    keepPlace(post, player.at, player.duration);
  };
  player.addEventListener("tick", () => {
    if (player.started) track.show(player.at);
    if (player.playing && Math.abs(player.at - kept) > KEEP_EVERY) keep();
  });
  audio.addEventListener("pause", keep);
  audio.addEventListener("ended", keep);
  addEventListener("pagehide", keep);

  return bar;
}

/** Shows the passage that the address asks for, with sound or without. */
function showPassage(follow) {
  // An address with a place of its own is the browser's to follow.
  const navigation = performance.getEntriesByType("navigation")[0]?.type;
  const marked = document.querySelector(".s[aria-current]");
  if (marked && !location.hash && navigation === "navigate") follow.toward(marked, { smooth: false });
}

/** The starts of the chapters in seconds; the page's list is the bar's menu as well. */
function chapterList(part, hear) {
  const list = document.querySelector("#chapters ol");
  const menu = document.getElementById("bar-chapters");
  if (!list || !menu) return [];
  const press = (event) => {
    const link = event.target.closest("a[data-t]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    menu.hidePopover?.();
    hear(Number(link.dataset.t));
  };
  list.addEventListener("click", press);
  if (menu.showPopover) {
    menu.append(list.cloneNode(true));
    menu.addEventListener("click", press);
    part("chapters-button").hidden = false;
  }
  return [...list.querySelectorAll("a[data-t]")].map((link) => Number(link.dataset.t)).sort((a, b) => a - b);
}
