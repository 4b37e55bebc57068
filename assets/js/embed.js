// The player in other sites' pages. Of a whole piece it shows the sentence that is heard, each of
// which leads to its place; a passage stands there whole, and the sentence that is heard is marked.
// Without this the first sentence, or the passage, stands there and the sound plays alike.

/** The sentence that began last at a second, of sentences sorted by their start; the first before. */
export function sentenceAt(sentences, seconds) {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle].from <= seconds) low = middle + 1;
    else high = middle;
  }
  return sentences[Math.max(low - 1, 0)];
}

function begin(audio, box, links) {
  const isPassage = box.matches("blockquote");
  const sentences = links.map((link) => ({ link, from: parseFloat(link.dataset.t) }));
  let shown = isPassage ? null : sentences[0];
  sentences.sort((one, other) => one.from - other.from);
  const show = () => {
    // Who stands on the link by keyboard keeps it until he goes on.
    if (!isPassage && document.activeElement === shown.link) return;
    const now = sentenceAt(sentences, audio.currentTime + 0.05);
    if (now === shown) return;
    if (isPassage) {
      shown?.link.classList.remove("now");
      now.link.classList.add("now");
      bringIntoView(box, now.link);
    } else {
      shown.link.hidden = true;
      now.link.hidden = false;
    }
    shown = now;
  };
  for (const event of ["timeupdate", "seeking", "play"]) audio.addEventListener(event, show);
}

/** Within the box alone: the page around the frame must not move. */
function bringIntoView(box, link) {
  const [outer, inner] = [box.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - 8;
}

/** Ends a passage on its last word: browsers look four times a second, and overrun it. */
function endAt(audio, end) {
  let timer = 0;
  let over = false; // who plays on after it is let go
  const look = () => {
    clearTimeout(timer);
    const left = (end - audio.currentTime) / audio.playbackRate;
    if (over || audio.paused) return;
    if (left > 0.05) timer = setTimeout(look, left * 1000);
    else {
      over = true;
      audio.pause();
    }
  };
  for (const event of ["timeupdate", "play", "ratechange"]) audio.addEventListener(event, look);
}

const audio = document.querySelector("#audio");
const end = Number(audio?.getAttribute("src")?.match(/#t=[\d.]+,([\d.]+)$/)?.[1]);
if (end > 0) endAt(audio, end);
// The browser's player knows now how long it is.
audio?.addEventListener("loadedmetadata", () => (audio.dataset.known = ""));
const box = document.getElementById("now");
const links = [...(box?.querySelectorAll("[data-t]") ?? [])];
if (audio && links.length > 0) begin(audio, box, links);
