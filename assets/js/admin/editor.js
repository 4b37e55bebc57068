// The editor's comforts: rows of references, length of the script, titles from the file.
// Everything here has a way without JavaScript.
{
  const form = document.getElementById("post-form");
  if (form) {
    title(form);
    for (const box of form.querySelectorAll("[data-rows]")) rows(form, box);
    lengths();
  }

  /** Tells autosave that a script, not a key, changed the form. */
  function changed(form) {
    form.dispatchEvent(new CustomEvent("daebon:changed"));
  }

  /** A list of rows; `data-rows` names a field that every row has. */
  function rows(form, box) {
    const list = box.querySelector("ol");
    const blank = list.lastElementChild.cloneNode(true);
    for (const input of blank.querySelectorAll("input, select")) input.value = "";
    let next = list.children.length;
    const values = (row) => [...row.querySelectorAll("input, select")].map((input) => input.value.trim());
    const empty = (row) => values(row).every((value) => value === "");
    // One empty row is enough where more can be had by a press.
    while (list.children.length > 1 && empty(list.lastElementChild) && empty(list.children[list.children.length - 2])) list.lastElementChild.remove();

    function add(after = null) {
      const row = blank.cloneNode(true);
      for (const input of row.querySelectorAll("input, select")) {
        const id = input.id.replace(/\d+$/, next);
        row.querySelector(`label[for="${input.id}"]`).htmlFor = id;
        input.id = id;
      }
      next += 1;
      if (after) after.after(row);
      else list.append(row);
      return row;
    }

    form.addEventListener("daebon:rows", (event) => {
      while (list.children.length < event.detail.getAll(box.dataset.rows).length) add();
    });

    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-ref]");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("li");
      const what = button.dataset.ref;
      if (what === "more") return add().querySelector("input").focus();
      if (what === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
      if (what === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
      if (what === "remove") {
        const neighbour = row.nextElementSibling ?? row.previousElementSibling ?? add();
        const back = giveBack(row);
        row.remove();
        (back ?? neighbour.querySelector("input")).focus();
      } else button.focus();
      changed(form);
    });

    /** What was taken out can be had back until the next one is; gives the button for it. */
    function giveBack(row) {
      box.querySelector("[data-part=removed]")?.remove();
      if (empty(row)) return null;
      const before = row.previousElementSibling;
      const line = document.createElement("p");
      const button = document.createElement("button");
      line.dataset.part = "removed";
      line.className = "hint";
      Object.assign(button, { type: "button", className: "button quiet", textContent: form.dataset.sayUndo });
      button.addEventListener("click", () => {
        if (before?.isConnected) before.after(row);
        else list.prepend(row);
        line.remove();
        row.querySelector("input").focus();
        changed(form);
      });
      line.append(form.dataset.sayRowRemoved, " ", button);
      list.after(line);
      return button;
    }

    if (box.dataset.rows !== "ref_title") return;
    document.getElementById("refs-hint").hidden = false;

    // Several lines pasted into a title or link become as many rows.
    list.addEventListener("paste", (event) => {
      const input = event.target;
      if (input.name !== "ref_title" && input.name !== "ref_url") return;
      const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean).slice(0, 200);
      if (lines.length < 2 && !/^\S+\s+https?:\/\/\S+$/.test(lines[0] ?? "")) return;
      event.preventDefault();
      let row = input.closest("li");
      let last = null; // the row whose title waits for its link
      for (const line of lines) {
        const url = line.match(/https?:\/\/\S+/)?.[0] ?? "";
        const words = line.replace(url, "").replace(/^[\s\-–—*•·\d.)\]]+(?=\D)|[\s\-–—:|<([]+$/g, "").trim();
        if (url && !words && last && value(last, "ref_url") === "") {
          field(last, "ref_url").value = url;
          last = null;
          continue;
        }
        if (!empty(row)) row = add(row);
        field(row, "ref_url").value = url;
        field(row, "ref_title").value = words;
        last = url ? null : row;
      }
      if (!empty(list.lastElementChild)) add();
      changed(form);
      // Addresses that came without words are looked up.
      for (const url of list.querySelectorAll('[name="ref_url"]')) url.dispatchEvent(new Event("change", { bubbles: true }));
    });

    function field(row, name) {
      return row.querySelector(`[name="${name}"]`);
    }

    function value(row, name) {
      return field(row, name).value.trim();
    }
  }

  // Syllables and words a minute: rough means of reading aloud and reading in silence.
  function lengths() {
    for (const output of document.querySelectorAll("[data-length-of]")) {
      const area = document.getElementById(output.dataset.lengthOf);
      let frame = 0;
      const show = () => {
        frame = 0;
        const text = area.value;
        const syllables = (text.match(/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu) ?? []).length;
        const words = (text.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]+/gu) ?? []).length;
        const count = [...text].length;
        const minutes = (s, w) => Math.max(1, Math.round(syllables / s + words / w));
        output.textContent = count === 0 ? "" : output.dataset.say.replace("%count", count.toLocaleString(document.documentElement.lang)).replace("%words", (text.match(/\S+/g) ?? []).length.toLocaleString(document.documentElement.lang)).replace("%read", minutes(550, 230)).replace("%speak", minutes(300, 140));
      };
      const later = () => (frame ||= requestAnimationFrame(show));
      area.addEventListener("input", later);
      area.form.addEventListener("daebon:filled", later);
      show();
    }
    if (CSS.supports("field-sizing", "content")) return;
    for (const area of document.querySelectorAll("textarea.grow, textarea.title")) {
      const fit = () => {
        area.style.blockSize = "auto";
        area.style.blockSize = `${area.scrollHeight + 2}px`;
      };
      area.addEventListener("input", fit);
      area.form.addEventListener("daebon:filled", fit);
      fit();
    }
  }

  function title(form) {
    const title = document.getElementById("f-title");
    let touched = false;
    title.addEventListener("input", () => {
      touched = true;
      // A title is one line; the area only wraps it.
      if (/[\r\n]/.test(title.value)) title.value = title.value.replace(/[\r\n]+/g, " ");
      document.title = [title.value.trim() || title.placeholder, ...document.title.split(" · ").slice(-1)].join(" · ");
    });
    title.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        document.getElementById("f-note").focus();
      }
    });
    const use = (text) => {
      title.value = text;
      title.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // A title is proposed where there is none: what the script is headed by, else what the file says. The proposal follows its
    // heading until the author types a title.
    const script = document.getElementById("f-script");
    let proposed = "";
    const propose = (text) => {
      if (touched || !text || title.value === text || title.value.trim() !== proposed) return;
      use(text);
      touched = false;
      proposed = text.trim();
    };
    // Whole lines alone: one that is being typed has not said its word yet.
    const heading = () => script.value.match(/^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*\n/m)?.[1].replace(/[*_`]/g, "").trim().slice(0, 500);
    script.addEventListener("input", () => propose(heading()));
    document.addEventListener("daebon:title", (event) => propose(heading() || event.detail));
    document.querySelector('[data-part="use-title"]')?.addEventListener("click", (event) => use(event.currentTarget.dataset.title));
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "s") {
        event.preventDefault();
        changed(form);
      }
    });
  }
}
