// Signs of the script by key and by button: headings, bold, emphasis, links, quotes and lists.
// Enter goes on with a list or a quote. All of it goes through the browser's own editing, so that
// it can be undone, and the text stays what it is: plain text in a plain field.
import { insert } from "./insert.js";

{
  // As GitHub and Google Docs have them; `code` is the place of the key, whatever it types.
  const KEYS = [
    { code: "KeyB", sign: "bold" },
    { code: "KeyI", sign: "emphasis" },
    { code: "KeyK", sign: "link" },
    { code: "Digit1", alt: true, sign: "heading-1" },
    { code: "Digit2", alt: true, sign: "heading-2" },
    { code: "Digit3", alt: true, sign: "heading-3" },
    { code: "Period", shift: true, sign: "quote" },
    { code: "Digit8", shift: true, sign: "list" },
    { code: "Digit7", shift: true, sign: "numbers" },
  ];

  for (const area of document.querySelectorAll("textarea[data-markdown]")) {
    area.addEventListener("keydown", (event) => {
      // What an input method is still putting together is its own.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) return goOn(area, event);
      if (!(event.ctrlKey || event.metaKey)) return;
      const key = KEYS.find((key) => key.code === event.code && Boolean(key.shift) === event.shiftKey && Boolean(key.alt) === event.altKey);
      if (!key) return;
      event.preventDefault();
      set(area, key.sign);
    });
    const bar = document.querySelector(`[data-signs-for="${area.id}"]`);
    if (bar) toolbar(bar, area);
  }

  /** One stop for the tab key; arrows go from button to button (WAI-ARIA, toolbar). */
  function toolbar(bar, area) {
    const buttons = [...bar.querySelectorAll("button")];
    bar.hidden = false;
    buttons.forEach((button, n) => (button.tabIndex = n === 0 ? 0 : -1));
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const next = buttons[(to + buttons.length) % buttons.length];
      buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
      next.focus();
    });
    // The field keeps its selection.
    bar.addEventListener("mousedown", (event) => event.preventDefault());
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) set(area, button.dataset.sign);
    });
  }

  function set(area, sign) {
    if (sign === "bold") around(area, "**");
    else if (sign === "emphasis") around(area, "*");
    else if (sign === "link") link(area);
    else lines(area, sign);
  }

  /** Takes the place of a stretch of the text; what is selected afterwards is given from there. */
  function put(area, from, to, text, selected = null) {
    area.setSelectionRange(from, to);
    insert(area, text);
    if (selected) area.setSelectionRange(from + selected[0], from + selected[1]);
  }

  function around(area, sign) {
    const { value } = area;
    let { selectionStart: from, selectionEnd: to } = area;
    // Blanks at the ends of a selection stay outside: signs must touch words.
    while (from < to && /\s/.test(value[from])) from += 1;
    while (to > from && /\s/.test(value[to - 1])) to -= 1;
    const words = value.slice(from, to);
    if (words.includes("\n")) return;
    const n = sign.length;
    // One star alone is emphasis, two are bold, three are both.
    const stars = value.slice(0, from).match(/\**$/)[0].length;
    const behind = value.slice(to).match(/^\**/)[0].length;
    const has = (count) => (n === 2 ? count >= 2 : count % 2 === 1);
    if (has(stars) && has(behind)) {
      put(area, from - n, to + n, words, [0, words.length]);
    } else if (words.length > 2 * n && has(words.match(/^\**/)[0].length) && has(words.match(/\**$/)[0].length)) {
      put(area, from, to, words.slice(n, -n), [0, words.length - 2 * n]);
    } else put(area, from, to, sign + words + sign, [n, n + words.length]);
  }

  function link(area) {
    const { value } = area;
    let { selectionStart: from, selectionEnd: to } = area;
    // As in `around`.
    while (from < to && /\s/.test(value[from])) from += 1;
    while (to > from && /\s/.test(value[to - 1])) to -= 1;
    const words = value.slice(from, to);
    if (words.includes("\n")) return;
    // In a link already: what has no address yet is words again, else the address is at hand.
    for (const link of value.matchAll(/\[([^\[\]\n]*)\]\(([^()\s]*)\)/g)) {
      const end = link.index + link[0].length;
      if (from <= link.index || to >= end) continue;
      if (link[2] === "") return put(area, link.index, end, link[1], [0, link[1].length]);
      const at = link.index + link[1].length + 3;
      area.focus();
      return area.setSelectionRange(at, at + link[2].length);
    }
    // An address that is selected waits for words, words wait for an address.
    if (/^https?:\/\/\S+$/.test(words)) put(area, from, to, `[](${words})`, [1, 1]);
    else put(area, from, to, `[${words}]()`, words ? [words.length + 3, words.length + 3] : [1, 1]);
  }

  function lines(area, sign) {
    const { value } = area;
    const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = value.indexOf("\n", Math.max(area.selectionEnd - (area.selectionEnd > area.selectionStart && value[area.selectionEnd - 1] === "\n" ? 1 : 0), from));
    const to = end < 0 ? value.length : end;
    const old = value.slice(from, to).split("\n");
    const kind = { list: /^- /, numbers: /^\d+\. /, quote: /^> ?/ }[sign];
    const level = Number(sign.match(/^heading-(\d)$/)?.[1] ?? 0);
    const lead = level ? `${"#".repeat(level)} ` : null;
    const filled = old.filter((line) => line.trim() !== "");
    const has = filled.length > 0 && filled.every((line) => (level ? line.startsWith(lead) : kind.test(line)));
    let number = 0;
    const next = old.map((line) => {
      if (line.trim() === "" && old.length > 1) return line;
      if (level) return (has ? "" : lead) + line.replace(/^#{1,6} /, "");
      if (has) return line.replace(kind, "");
      if (sign === "quote") return `> ${line}`;
      const bare = line.replace(/^(- |\d+\. )/, "");
      number += 1;
      return (sign === "list" ? "- " : `${number}. `) + bare;
    });
    const text = next.join("\n");
    if (area.selectionStart === area.selectionEnd) {
      const at = Math.max(0, area.selectionStart - from + text.length - (to - from));
      put(area, from, to, text, [at, at]);
    } else put(area, from, to, text, [0, text.length]);
  }

  /** The next item of a list, the next line of a quote; an empty one ends it. */
  function goOn(area, event) {
    const { value, selectionStart: from, selectionEnd: to } = area;
    if (from !== to) return;
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const line = value.slice(start, from);
    const [whole, lead, , number] = line.match(/^(\s*(?:> ?)*((?!\d{4}\. \d)([-*+]|(\d+)[.)]) )?)/) ?? [];
    if (!whole || whole.trim() === "" || from < start + whole.length) return;
    event.preventDefault();
    if (line.length === whole.length && (value[from] === "\n" || from === value.length)) return put(area, start, from, "");
    const digits = number?.match(/\d+/)?.[0];
    put(area, from, from, `\n${digits ? lead.replace(digits, String(Number(digits) + 1)) : lead}`);
  }
}
