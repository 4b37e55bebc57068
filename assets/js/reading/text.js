// Times as a reader sees and hears them, and the page's own sentences.

/** `1:02:03`, `2:03`. */
export function clock(seconds) {
  const all = Math.max(0, Math.floor(seconds + 0.001));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Sentences from the data attributes of an element: `say("saved", { time })` is
 * `data-say-saved` with `%time` filled in. */
export function speaker(element) {
  return (key, values = {}) => {
    const name = `say${key[0].toUpperCase()}${key.slice(1)}`;
    return (element.dataset[name] ?? "").replace(/%([a-z]+)/g, (all, value) => values[value] ?? all);
  };
}

/** Index of the first of a list for which `holds`, where it holds for all that come after; the
 * length if for none. */
export function first(list, holds) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A time in words: `1시간 2분 3초`. */
export function spoken(seconds, say) {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const parts = [hours && say("hours", { n: hours }), minutes && say("minutes", { n: minutes }), (rest || all < 60) && say("seconds", { n: rest })];
  return parts.filter(Boolean).join(" ");
}
