// What is pasted from Word, Hangul, Google Docs or a web page becomes the script's own Markdown:
// headings, quotes, lists, links, emphasis and paragraphs stay, everything else goes. A link
// pasted over selected words becomes their link. Pasting without formatting (Shift) is left to
// the browser, which then has no HTML to give.
import { insert, room } from "./insert.js";

{
  const MOST = 500_000; // characters, as many as a script may have

  for (const area of document.querySelectorAll("textarea[data-markdown]")) {
    area.addEventListener("paste", (event) => {
      const given = event.clipboardData;
      if (!given || given.files.length > 0) return;
      const plain = given.getData("text/plain");
      const selected = area.value.slice(area.selectionStart, area.selectionEnd);
      let text = null;
      if (/^https?:\/\/\S+$/.test(plain.trim()) && selected.trim() && !/[\r\n\[\]]/.test(selected) && !/^\s*https?:/.test(selected)) {
        text = `[${selected}](${address(plain.trim())})`;
      } else {
        const html = given.getData("text/html");
        text = (html && fromHtml(html)) || tidy(plain);
      }
      if (text === "" || (text === plain && plain.length <= room(area))) return;
      event.preventDefault();
      insert(area, text);
    });
  }

  /** Signs that nobody sees go, and so do runs of empty lines. */
  function tidy(text) {
    return text
      .replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n")
      .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
      .replace(/[\u00a0\u2007\u202f]/g, " ")
      .replace(/[ \t]+$/gm, "")
      .replace(/\n{3,}/g, "\n\n");
  }

  /** Gives null where the HTML says no more than the plain text. */
  function fromHtml(html) {
    if (html.length > 20 * MOST) return null;
    // What a parser makes of it runs nothing and loads nothing; styles and handlers that
    // it sees would be held against this page's policy, so they are only read.
    const tame = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
    const page = new DOMParser().parseFromString(tame, "text/html");
    // What is struck out the author took out; Word leaves its tracked changes there.
    for (const junk of page.querySelectorAll("script, style, template, noscript, svg, math, iframe, object, button, select, textarea, title, head, del, s, strike, [hidden], [data-style*='mso-hide'], [data-style*='line-through']")) junk.remove();
    // Editors of code give lines in a box that keeps its spaces: the plain text is right.
    if (page.querySelector("pre, [data-style*='white-space: pre'], [data-style*='white-space:pre']:not([data-style*='pre-wrap'])") && !page.querySelector("a[href], h1, h2, h3, li")) return null;
    if (!page.querySelector("a[href], h1, h2, h3, h4, h5, h6, li, blockquote, b, strong, i, em, p, [data-style*='font-weight'], [class*='MsoListParagraph']")) return null;
    const writer = new Writer();
    writer.blocks(page.body, "");
    return writer.text();
  }

  class Writer {
    #blocks = []; // { prefix, text, tight }
    #line = "";
    #signs = []; // how long the sign of each level of a flat list is, for what lies below

    text() {
      this.#end("");
      let out = "";
      this.#blocks.forEach((block, n) => {
        const before = this.#blocks[n - 1];
        if (before) out += block.tight && before.tight && block.tight === before.tight ? "\n" : "\n\n";
        // A quote of several paragraphs keeps its sign on the empty line between them.
        if (before && before.quote && block.quote && !block.tight) out = `${out.slice(0, -1)}${">".repeat(Math.min(before.quote, block.quote))}\n`;
        out += block.text;
      });
      return tidy(out).trim();
    }

    #end(prefix, tight = "") {
      const text = this.#line.replace(/\]\u0002(?=[([:])/g, "\\]").replaceAll("\u0002", "").replace(/[ \t\n\u00a0]+/g, " ").replace(/\u0001 ?/g, "\n").trim();
      this.#line = "";
      if (text === "") return;
      const quote = (prefix.match(/>/g) ?? []).length;
      const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
      for (const [n, line] of lines.entries()) {
        // Further lines of a list's item stand under its words.
        const lead = n === 0 ? prefix : prefix.replace(/(?:[-*]|\d+\.) $/, (sign) => " ".repeat(sign.length));
        this.#blocks.push({ text: lead + (/[#>-] $|\. $/.test(prefix) ? line : guarded(line)), quote, tight: tight || (n > 0 ? "line" : "") });
      }
    }

    /** The children of a block; `prefix` stands before each block in it. */
    blocks(parent, prefix) {
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE || (node.nodeType === Node.ELEMENT_NODE && !isBlock(node))) {
          this.#line += inline(node);
          // A frame of the whole (Google Docs) is inline and holds blocks.
          if (node.nodeType === Node.ELEMENT_NODE && hasBlocks(node)) {
            this.#line = this.#line.slice(0, this.#line.length - inline(node).length);
            this.#end(prefix);
            this.blocks(node, prefix);
          }
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          this.#end(prefix);
          this.#block(node, prefix);
          this.#end(prefix);
        }
      }
    }

    #block(node, prefix) {
      const name = node.localName;
      const level = name.match(/^h([1-6])$/)?.[1] ?? node.getAttribute("data-style")?.match(/mso-outline-level:\s*([1-6])/)?.[1];
      if (level) {
        // Words and links: a heading is bold by itself.
        this.#line = inline(node).replaceAll("**", "").replaceAll("\u0001", " ");
        this.#end(`${prefix}${"#".repeat(Math.min(Number(level), 3))} `);
      } else if (name === "blockquote") this.#quote(node, prefix);
      else if (name === "ul" || name === "ol") this.#list(node, prefix);
      else if (name === "hr") this.#blocks.push({ text: `${prefix}---`, quote: 0, tight: "" });
      else if (name === "table") {
        for (const row of node.querySelectorAll("tr")) {
          this.#line = [...row.cells].map((cell) => inline(cell).replaceAll("\u0001", " ").trim()).filter(Boolean).join(" | ");
          this.#end(prefix);
        }
      } else if (/MsoListParagraph/.test(node.className)) {
        // Word writes its lists as paragraphs whose sign is a piece of text.
        const sign = [...node.querySelectorAll("[data-style*='mso-list']")].find((span) => /mso-list:\s*Ignore/i.test(span.getAttribute("data-style")));
        const number = sign?.textContent.match(/^\s*(\d+)[.)]/)?.[1];
        const level = node.getAttribute("data-style")?.match(/mso-list:[^;]*\blevel(\d)/)?.[1];
        sign?.remove();
        this.#line = inline(node);
        this.#item(prefix, number ? `${number}. ` : "- ", Number(level ?? 1));
      } else this.blocks(node, prefix);
    }

    #quote(node, prefix) {
      this.blocks(node, `${prefix}> `);
      this.#end(`${prefix}> `); // words without a paragraph of their own
    }

    /** An item of a list that is flat and tells its level, from 1. */
    #item(prefix, sign, level) {
      if (this.#blocks.at(-1)?.tight !== "list") this.#signs = [];
      const above = this.#signs.slice(0, level - 1);
      this.#signs = [...above, sign.length];
      this.#end(`${prefix}${" ".repeat(above.reduce((sum, length) => sum + length, 0))}${sign}`, "list");
    }

    #list(list, prefix) {
      let number = Number(list.getAttribute("start")) || 1;
      let sign = "";
      for (const item of list.children) {
        if (item.localName === "ul" || item.localName === "ol") {
          this.#list(item, prefix + " ".repeat(sign.length || 2));
          continue;
        }
        sign = list.localName === "ol" ? `${number++}. ` : "- ";
        const inner = [...item.childNodes].filter((node) => !["ul", "ol", "blockquote"].includes(node.localName));
        this.#line = inner.map((node) => (node.localName === "p" || node.localName === "div" ? `${inline(node)} ` : inline(node))).join("");
        // Word on the web gives each item a list of its own.
        const level = Number(item.getAttribute("data-aria-level") ?? item.getAttribute("aria-level"));
        if (level && prefix === "") this.#item(prefix, sign, level);
        else this.#end(prefix + sign, "list");
        const under = prefix + " ".repeat(sign.length);
        for (const below of item.querySelectorAll(":scope > ul, :scope > ol, :scope > blockquote")) {
          if (below.localName === "blockquote") this.#quote(below, under);
          else this.#list(below, under);
        }
      }
    }
  }

  function isBlock(node) {
    return /^(address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul)$/.test(node.localName);
  }

  function hasBlocks(node) {
    return [...node.querySelectorAll("*")].some(isBlock);
  }

  /** A piece of a line as Markdown; a line's end is \u0001 until the block is written. */
  function inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.localName === "br") return "\u0001";
    if (node.localName === "img") return "";
    const inner = [...node.childNodes].map(inline).join("");
    if (inner.trim() === "") return inner;
    if (node.localName === "a") {
      const href = node.getAttribute("href") ?? "";
      if (!/^(https?:|mailto:)/i.test(href)) return inner;
      const words = inner.replaceAll("\u0001", " ").replaceAll("\u0002", "").replace(/(?<!\\)[[\]]/g, "\\$&").trim();
      return around(inner, words === escaped(href) ? href : `[${words}](${address(href)})`);
    }
    const style = node.getAttribute("data-style") ?? "";
    const weight = style.match(/font-weight:\s*(\w+)/)?.[1];
    const bold = weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : /^(b|strong)$/.test(node.localName);
    const slanted = /font-style:\s*(\w+)/.test(style) ? /font-style:\s*(italic|oblique)/.test(style) : /^(i|em)$/.test(node.localName);
    let words = inner.trim();
    // Two signs that meet would cancel each other.
    if (slanted && !/^\*|\*$|\u0001/.test(words)) words = `*${words}*`;
    if (bold && !/^\*\*|\*\*$|\u0001/.test(words)) words = `**${words}**`;
    return around(inner, words);
  }

  /** The blanks at either end stand outside of signs. */
  function around(inner, words) {
    return inner.match(/^\s*/)[0] + words + inner.match(/\s*$/)[0];
  }

  /** Words that would read as signs. A bracket does so before another one alone (`[서울=뉴스]` is text); after the last one is \u0002 until it is known what follows. */
  function escaped(text) {
    return text.replace(/\]$/, "]\u0002").replace(/[\\`*]|\](?=[([:])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-zA-Z/!?])|&(?=#?\w+;)/gu, "\\$&");
  }

  /**
   * The first signs of a paragraph that would make something else of it. A date (`2024. 3. 5.`) does not; `1. ` and `- ` make the item
   * of a list that they stand for, and only a number that another one follows is none (`12. 3 사태`).
   */
  function guarded(line) {
    return line.replace(/^(#{1,6}(?= )|>|\+(?= )|-{3,}$|~{3,})/, "\\$1").replace(/^(?!\d{4}\. \d{1,2}\.)(\d{1,9})([.)])(?= \d)/, "$1\\$2");
  }

  /** An address in a link's brackets. */
  function address(url) {
    return url.replace(/[\s<>()\\]/g, (sign) => encodeURIComponent(sign).replace("(", "%28").replace(")", "%29"));
  }
}
