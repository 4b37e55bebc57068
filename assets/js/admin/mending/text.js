// Times as the author reads and types them, and the page's sentences.

/** `1:02:03.45`, `2:03.4`, `2:03`. Whole seconds are rounded down, as everywhere. */
export function clock(ms, digits = 2) {
  const unit = 10 ** digits;
  const exact = (Math.max(0, ms) / 1000) * unit;
  const all = digits > 0 ? Math.round(exact) : Math.floor(exact);
  const whole = Math.floor(all / unit);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  const text = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  return digits > 0 ? `${text}.${String(all % unit).padStart(digits, "0")}` : text;
}

/** What was typed, in milliseconds, or `null`: `1:02:03.45`, `2:03,4`, `123.4`. */
export function parseClock(text) {
  const parts = text.trim().replace(",", ".").split(":");
  if (parts.length > 3 || !/^\d+(\.\d+)?$/.test(parts.at(-1)) || !parts.slice(0, -1).every((part) => /^\d+$/.test(part))) return null;
  const numbers = parts.map(Number);
  if (numbers.slice(1).some((n) => n >= 60)) return null;
  return Math.round(numbers.reduce((sum, n) => sum * 60 + n, 0) * 1000);
}

/** Sentences from the data attributes of an element: `say("saved", { time })` is
 * `data-say-saved` with `%time` filled in. */
export function speaker(element) {
  return (key, values = {}) => {
    const name = `say${key.split("_").map((word) => word[0].toUpperCase() + word.slice(1)).join("")}`;
    return (element.dataset[name] ?? "").replace(/%([a-z]+)/g, (all, value) => values[value] ?? all);
  };
}
