// Text put into a field by a script, through the browser's own editing, so that it can be undone.

// Longer text of several lines takes `insertText` a time that grows with its square: seconds for a long script.
const LONG = 2_000;

/** How many characters more `area` may have, in the place of what is selected. */
export function room(area) {
  const { value, selectionStart: from, selectionEnd: to, maxLength } = area;
  return maxLength < 0 ? Infinity : Math.max(0, maxLength - (value.length - (to - from)));
}

/** Puts `text` in the place of what is selected in `area`, and the cursor behind it. No more than the field may hold. */
export function insert(area, text) {
  const { selectionStart: from, selectionEnd: to } = area;
  const words = text.slice(0, room(area));
  area.focus();
  if (text === "") document.execCommand("delete");
  else if (!(words.length > LONG && insertAtOnce(area, words)) && !document.execCommand("insertText", false, words)) {
    area.setRangeText(words, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (words.length < text.length) area.dispatchEvent(new CustomEvent("daebon:full", { bubbles: true }));
}

/** The same as if it were HTML without tags, where a browser takes that for a plain field (Chromium does). Gives whether it did. */
function insertAtOnce(area, text) {
  const { value, selectionStart: from, selectionEnd: to } = area;
  const html = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  if (!document.execCommand("insertHTML", false, html)) return false;
  if (area.value === value.slice(0, from) + text + value.slice(to)) return true;
  document.execCommand("undo");
  area.setSelectionRange(from, to);
  return false;
}
