// The player in other sites' pages: shows the sentence that is heard, each of which leads to its
// place in the whole piece. Without this the first sentence stands there and the sound plays alike.

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

function begin(audio, links) {
  const sentences = links.map((link) => ({ link, from: parseFloat(link.dataset.t) }));
  let shown = sentences[0];
  sentences.sort((one, other) => one.from - other.from);
  const show = () => {
    // Who stands on the link by keyboard keeps it until he goes on.
    if (document.activeElement === shown.link) return;
    const now = sentenceAt(sentences, audio.currentTime + 0.05);
    if (now === shown) return;
    shown.link.hidden = true;
    now.link.hidden = false;
    shown = now;
  };
  for (const event of ["timeupdate", "seeking", "play"]) audio.addEventListener(event, show);
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
const links = [...document.querySelectorAll("#now [data-t]")];
if (audio && links.length > 0) begin(audio, links);
