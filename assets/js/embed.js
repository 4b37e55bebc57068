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

const audio = document.querySelector("#audio");
const links = [...document.querySelectorAll("#now [data-t]")];
if (audio && links.length > 0) begin(audio, links);
