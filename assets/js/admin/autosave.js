// Autosave of the editor's form, and a copy of unsaved text in this browser.
//
// Nothing typed is lost: what the server has not acknowledged is kept (kept.js) until the server
// has it or the author says that he does not want it. Every sentence comes from data attributes
// of the form.
import { keptCopies } from "./kept.js";
import { renewToken, token } from "./token.js";

{
  const form = document.getElementById("post-form");
  const bar = document.getElementById("save-state");
  if (form && bar && form.dataset.removed !== "true") start();

  function start() {
    const PAUSE_MS = 1500; // after the last key
    const LONGEST_MS = 10_000; // while typing goes on
    const KEEPALIVE_BYTES = 60_000; // browsers refuse more than 64 KiB in flight
    // What stands in the form and is not the text.
    const BESIDE = ["csrf", "version", "over", "action", "scheduled_at", "scheduled_printed", "timeline", "chapters_printed", "transcript_text"].concat(["start", "title", "link", "picture"].map((cell) => `chapter_${cell}`));
    const copies = keptCopies(form.dataset.editor);
    const say = form.dataset;
    const version = form.elements.namedItem("version");
    const text = bar.querySelector('[data-part="text"]');
    const ways = bar.querySelector('[data-part="ways"]');
    let saved = fields(); // what the server is known to hold, as a string
    let timer = 0;
    let firstKeyAt = 0;
    let inFlight = null;
    let unanswered = null; // what was sent and may have been stored, as a string
    let failures = 0;
    let hindrance = null; // why the last save failed: "line", "login", "rights", "faults"
    let stopped = say.conflict === "true"; // after a conflict: only the author can go on
    let leaving = false;
    let isGoing = false; // a page that goes hears of failures where there are none
    let remark = ""; // stands behind whatever is told, until the next key
    let lastSaved = ""; // the sentence of the last save
    if (form.dataset.failed === "true") saved = ""; // the form came back: none of it is stored

    // In the show's time zone, like every time that the server prints.
    const clock = (ms) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: say.zone }).format(ms);

    /** The fields that make the text, without empty rows, as a query string. */
    function fields() {
      const data = new FormData(form);
      for (const name of BESIDE) data.delete(name);
      const rows = [];
      for (const row of form.querySelectorAll("[data-rows] li")) {
        const cells = [...row.querySelectorAll("input, select")].map((cell) => [cell.name, cell.value]);
        for (const [name] of cells) data.delete(name);
        if (cells.some(([, value]) => value.trim() !== "")) rows.push(...cells);
      }
      return new URLSearchParams([...data].filter(([, value]) => typeof value === "string").concat(rows)).toString();
    }

    function dirty() {
      return fields() !== saved;
    }

    function body(now) {
      const data = new URLSearchParams(now);
      data.set("csrf", token());
      data.set("version", version.value);
      return data;
    }

    function request(data, more) {
      const headers = { Accept: "application/json", "X-CSRF-Token": token() };
      return fetch(`${form.getAttribute("action")}/autosave`, { method: "POST", body: data, credentials: "same-origin", redirect: "manual", headers, ...more });
    }

    /** Half a minute, and what a long text takes on a line of 4 kB a second. */
    function patience(data) {
      return AbortSignal.timeout(30_000 + data.toString().length / 4);
    }

    function tell(sentence, links = [], bad = false) {
      bar.classList.toggle("save-bad", bad || remark !== "");
      if (remark) sentence += ` ${remark}`;
      if (text.textContent !== sentence) text.textContent = sentence;
      ways.replaceChildren(...links);
    }

    function link(label, href) {
      const a = document.createElement("a");
      Object.assign(a, { textContent: label, href, target: "_blank", rel: "noopener" });
      return a;
    }

    function button(label, action) {
      const b = document.createElement("button");
      Object.assign(b, { type: "button", className: "button quiet", textContent: label });
      b.addEventListener("click", action);
      return b;
    }

    // The text of a conflict is based on no version: it has to be compared, whoever opens it later.
    const keep = (now) => copies.keep({ version: say.conflict === "true" ? 0 : Number(version.value), base: unanswered, fields: now, sent: isGoing });

    function changed() {
      isGoing = false;
      if (!dirty()) return;
      keep(fields());
      if (stopped) return;
      tell(say.sayUnsaved);
      const now = Date.now();
      firstKeyAt ||= now;
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, Math.min(PAUSE_MS, firstKeyAt + LONGEST_MS - now)));
    }

    function save() {
      clearTimeout(timer);
      // A second wish while one is on its way: wait for it, then send what is newer.
      inFlight ??= send().finally(() => (inFlight = null));
      return inFlight;
    }

    async function send() {
      while (!stopped && dirty()) {
        // The same again first: the server knows it, where it would take newer text for somebody else's.
        const now = unanswered ?? fields();
        firstKeyAt = 0;
        tell(say.saySaving);
        let answer;
        try {
          answer = await post(now);
        } catch {
          answer = null;
        }
        if (!(await take(answer, now))) return false;
      }
      return !stopped;
    }

    async function post(now) {
      const sent = token();
      const data = body(now);
      const answer = await request(data, { signal: patience(data) });
      if (answer.status !== 403) return answer;
      // The token may be that of a session that is over, and the new one here by now.
      await renewToken();
      if (token() === sent) return answer;
      return request(body(now), { signal: patience(data) });
    }

    /** Gives true when the server has acknowledged `now`. */
    async function take(answer, now) {
      const json = answer ? await answer.json().catch(() => ({})) : {};
      if (answer?.ok && Number.isInteger(json.version)) {
        failures = 0;
        hindrance = null;
        unanswered = null;
        mark({});
        saved = now;
        const before = Number(version.value);
        version.value = json.version;
        for (const other of document.querySelectorAll('form input[name="version"]')) other.value = json.version;
        const at = Date.parse(json.saved_at) || Date.now();
        if (dirty()) keep(fields());
        else if (isGoing) copies.keep({ version: before, base: null, fields: now, sent: true, stored: json.version });
        else copies.forget();
        lastSaved = [say.saySaved.replace("%time", clock(at)), json.aside].filter(Boolean).join(" · ");
        tell(lastSaved);
        document.dispatchEvent(new CustomEvent("daebon:saved"));
        return true;
      }
      keep(fields());
      if (answer?.status === 409) {
        stopped = true;
        const way = json.removed ? button(say.sayCopyText, copyText) : button(say.sayConflictCompare, showDifference);
        tell(json.message || say.sayConflict, [way, link(say.sayConflictOpen, location.pathname)], true);
      } else if (answer && (answer.status === 401 || answer.type === "opaqueredirect")) {
        hindrance = "login";
        tellLogin();
      } else if (answer?.status === 403) {
        hindrance = "rights";
        unanswered = null;
        tell(say.sayForbidden, [button(say.sayCopyText, copyText), button(say.sayTryAgain, save)], true);
      } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
        hindrance = "faults";
        unanswered = null;
        const told = mark(json.fields ?? {});
        tell(told.length > 0 ? told.join(" ") : json.message || say.sayFailed, [], true);
      } else {
        hindrance = "line";
        unanswered = now;
        const seconds = Math.min(60, 2 ** Math.min(++failures, 6));
        tell(say.sayRetry.replace("%seconds", seconds), [button(say.sayTryAgain, save)], true);
        timer = setTimeout(save, seconds * 1000);
      }
      return false;
    }

    /** Marks the fields that have faults, and no others, where they are seen; gives the sentences with the names of the fields. */
    function mark(faults) {
      for (const control of form.querySelectorAll("[data-marked]")) {
        control.removeAttribute("aria-invalid");
        delete control.dataset.marked;
      }
      return Object.entries(faults).map(([name, sentence]) => {
        const control = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
        if (!control) return sentence;
        control.setAttribute("aria-invalid", "true");
        control.dataset.marked = "";
        for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
        const label = control.labels?.[0]?.textContent.trim();
        return label ? `${label}: ${sentence}` : sentence;
      });
    }

    const tellLogin = () => tell(say.sayLogin, [link(say.sayLoginOpen, say.login), button(say.sayTryAgain, save)], true);

    /** The server answers the whole form with what differs, and asks which one it is to be. */
    function showDifference() {
      stopped = true;
      form.requestSubmit(form.querySelector('button[name="action"][value="save"]'));
    }

    /** The text for the clipboard; where the browser forbids it, the script is there to be copied. */
    async function copyText() {
      const parts = ["title", "note", "script"].map((name) => form.elements.namedItem(name).value.trim());
      try {
        await navigator.clipboard.writeText(parts.filter(Boolean).join("\n\n"));
      } catch {
        form.elements.namedItem("script").select();
      }
    }

    // The last chance when the page goes away: sent so that it outlives the page.
    function lastCall(event) {
      if (leaving || stopped || !dirty()) return;
      const now = fields();
      isGoing ||= !hindrance;
      keep(now);
      if (inFlight) return;
      if (body(now).toString().length < KEEPALIVE_BYTES) {
        inFlight = request(body(now), { keepalive: true })
          .then((answer) => take(answer, now), () => take(null, now))
          .finally(() => (inFlight = null));
      } else if (event.type === "visibilitychange") void save();
    }

    // What is typed is saved before a button takes the page away, and somebody must be there to take what the button sends: a form
    // that goes into the void leaves the browser's own page behind. Faults of the text are told by the page that comes back.
    let isPressed = false;
    document.addEventListener("submit", async (event) => {
      if (leaving || event.defaultPrevented) return;
      event.preventDefault();
      if (isPressed) return;
      isPressed = true;
      const isReady = await ready(event.target === form);
      isPressed = false;
      // "Save" takes the page nowhere, unless there are faults to show or a file to send.
      const isSaved = !stopped && event.target === form && event.submitter?.value === "save" && hindrance !== "faults" && say.failed !== "true" && !hasFile();
      if (isReady && isSaved && lastSaved) tell(lastSaved);
      if (!isReady || isSaved) return;
      leaving = true;
      event.target.requestSubmit(event.submitter);
      leaving = event.target === form;
    });

    const hasFile = () => [...form.elements].some((control) => control.files?.length > 0);

    async function ready(isOwn) {
      clearTimeout(timer);
      if (!stopped && (inFlight || unanswered !== null || dirty())) return (await save()) || (isOwn && !stopped && hindrance === "faults");
      const state = await renewToken();
      if (state === "out") tellLogin();
      else if (state === "away") tell(say.sayAway, [], true);
      return state === "new" || state === "same";
    }

    // The preview shows what is stored.
    document.addEventListener("click", (event) => event.target.closest("[data-flush]") && void save());

    form.addEventListener("input", changed);
    form.addEventListener("daebon:changed", changed);
    form.addEventListener("daebon:full", () => {
      remark = say.sayFull;
      changed();
    });
    form.addEventListener("keydown", () => (remark = ""));
    addEventListener("online", () => void save());
    document.addEventListener("daebon:token", () => hindrance && void save());
    document.addEventListener("visibilitychange", (event) => document.visibilityState === "hidden" && lastCall(event));
    addEventListener("pagehide", lastCall);
    // Before the next page is asked for, so that it has the text.
    addEventListener("beforeunload", lastCall);
    addEventListener("beforeunload", (event) => {
      if (!leaving && dirty() && (stopped || (hindrance && hindrance !== "faults"))) event.preventDefault();
    });
    addEventListener("pageshow", (event) => {
      leaving = false;
      if (event.persisted && !dirty()) location.reload(); // an old version number otherwise
    });
    // What was done is told once: it would not be true after the next key.
    if (new URLSearchParams(location.search).has("did")) history.replaceState(history.state, "", location.pathname + location.hash);
    // What came back is nowhere else yet.
    if (saved === "") keep(fields());
    if (stopped) {
      tell(say.sayConflict, [], true);
      document.querySelector("[data-drop-kept]")?.addEventListener("click", () => {
        leaving = true;
        copies.forget();
      });
    }
    copies.offer(offer);

    /** Ends when the author has chosen, or when there is nothing to choose. */
    async function offer(copy, drop) {
      if (copy.fields === fields() || Number(version.value) >= copy.stored) return drop();
      if (stopped) return; // one choice at a time
      const isLate = copy.version !== Number(version.value) && copy.base !== saved;
      if (isLate && (await isStored(copy))) return drop();
      // It was on its way when this page was asked for: who reloads wants his text, not a question.
      if (!isLate && copy.sent && !dirty()) {
        unanswered = copy.fields;
        takeBack(copy, drop);
        return void save();
      }
      const box = document.getElementById("kept");
      const sentence = isLate ? say.sayKeptLate : say.sayKept;
      box.querySelector("p").textContent = sentence.replace("%time", new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", timeZone: say.zone }).format(copy.at));
      await new Promise((settled) => {
        const use = button(isLate ? say.sayConflictCompare : say.sayKeptUse, async () => {
          // What was typed or saved since is not overwritten either.
          if (dirty() && !(await save())) return;
          if (copy.version === Number(version.value) || copy.base === saved) {
            takeBack(copy, drop);
            return settled();
          }
          fill(new URLSearchParams(copy.fields));
          version.value = copy.version ?? 0;
          showDifference();
        });
        const away = button(say.sayKeptDrop, () => {
          drop();
          settled();
        });
        box.querySelector(".row").replaceChildren(use, away);
        box.hidden = false;
      });
      box.hidden = true;
    }

    function takeBack(copy, drop) {
      fill(new URLSearchParams(copy.fields));
      changed();
      if (!dirty() || keep(fields())) drop();
    }

    /** Whether the server has this text. Of one that is based on an older version it takes nothing else. */
    async function isStored(copy) {
      if (!(copy.version < Number(version.value))) return false;
      const data = body(copy.fields);
      data.set("version", copy.version);
      const answer = await request(data).catch(() => null);
      return answer?.ok ?? false;
    }

    function fill(data) {
      form.dispatchEvent(new CustomEvent("daebon:rows", { detail: data }));
      // What is empty, or not checked, is not among the fields kept.
      const unsaid = [...form.querySelectorAll("[data-rows] :is(input, select), [type=checkbox]")].map((control) => control.name);
      for (const name of new Set([...unsaid, ...data.keys()])) {
        const values = data.getAll(name);
        const controls = [...form.elements].filter((c) => c.name === name);
        controls.forEach((control, n) => {
          if (control.type === "radio") control.checked = control.value === values[0];
          else if (control.type === "checkbox") control.checked = values.includes(control.value);
          else control.value = values[n] ?? "";
        });
      }
      form.dispatchEvent(new CustomEvent("daebon:filled"));
    }
  }
}
