// Text as it is compared when something is looked for: capitals, full and half width, composed
// and decomposed letters, kinds of quotation marks and white space make no difference.

const QUOTES = [
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″]/g, '"'],
];
/** A letter with what is set on it, and a Korean syllable written in its letters. */
const CLUSTER = /[\u1100-\u115f\ua960-\ua97f]+[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*\p{M}*|[\uff66-\uff9d][\uff9e\uff9f]|\P{M}\p{M}*|\p{M}+/gsu;

export function fold(text) {
  let folded = text.normalize("NFKC").toLowerCase().replace(/\s/g, " ");
  for (const [marks, plain] of QUOTES) folded = folded.replace(marks, plain);
  return folded;
}

/** Folded text with, for each of its units and its end, the place in `text`; `null` for the
 * places where they are all the same. */
export function foldWithPlaces(text) {
  // The usual case, and the fast one.
  if (text.normalize("NFKC") === text) {
    const folded = fold(text);
    if (folded.length === text.length) return { folded, places: null };
  }
  let folded = "";
  const places = [];
  for (const match of text.matchAll(CLUSTER)) {
    const part = fold(match[0]);
    for (let i = 0; i < part.length; i++) places.push(match.index);
    folded += part;
  }
  places.push(text.length);
  return { folded, places };
}
