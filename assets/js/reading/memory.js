// What this browser remembers for its reader. A browser that forbids it forgets, and no more.
const PLACES = "daebon:places";
const MOST_PLACES = 60;
/** A place so near to either end is not worth coming back to, in seconds; of a short recording that
 * is a part of it. */
const [NEAR_START, NEAR_END] = [10, 30];
const NEAR_PART = 0.05;

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Holds for this page alone.
  }
}

/** Post to second, the one heard last at the end. */
function places() {
  try {
    const list = JSON.parse(recall(PLACES) ?? "[]");
    return Array.isArray(list) ? list.filter((entry) => Array.isArray(entry) && entry[1] > 0) : [];
  } catch {
    return [];
  }
}

/** Where the reader stopped, in seconds; 0 if there is nothing to go on with. */
export function placeOf(post, duration) {
  const at = places().find(([id]) => id === post)?.[1] ?? 0;
  return isBetween(at, duration) ? at : 0;
}

function isBetween(at, duration) {
  const part = duration * NEAR_PART;
  return at >= Math.min(NEAR_START, part) && at < duration - Math.min(NEAR_END, part);
}

export function keepPlace(post, at, duration) {
  const list = places().filter(([id]) => id !== post);
  if (isBetween(at, duration)) list.push([post, Math.floor(at * 10) / 10]);
  remember(PLACES, JSON.stringify(list.slice(-MOST_PLACES)));
}
