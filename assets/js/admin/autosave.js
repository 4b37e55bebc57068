// Autosave of the editor's form, and a copy of unsaved text in this browser.
//
// Nothing typed is lost: what the server has not acknowledged lies in localStorage under the
// post's id, and is offered back when it is newer than what the server sent. The module stands
// alone; every sentence comes from data attributes of the form.
{
  const form = document.getElementById("post-form");
  const bar = document.getElementById("save-state");
  if (form && bar && form.dataset.removed !== "true") start();

  function start() {
    const PAUSE_MS = 1500; // after the last key
    const LONGEST_MS = 10_000; // while typing goes on
    const KEEPALIVE_BYTES = 60_000; // browsers refuse more than 64 KiB in flight
    const key = `daebon:post:${form.dataset.editor}`;
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
    let stopped = say.conflict === "true"; // after a conflict: only the author can go on
    let leaving = false;
    if (form.dataset.failed === "true") saved = ""; // the form came back: none of it is stored

    // In the show's time zone, like every time that the server prints.
    const clock = (ms) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: say.zone }).format(ms);

    /** The fields that make the text, without token, version and empty rows, as a query string. */
    function fields() {
      const data = new FormData(form);
      for (const name of ["csrf", "version", "action", "scheduled_at"]) data.delete(name);
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
      data.set("csrf", form.elements.namedItem("csrf").value);
      data.set("version", version.value);
      return data;
    }

    function tell(sentence, links = [], bad = false) {
      bar.classList.toggle("save-bad", bad);
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

    function keep(now) {
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: now }));
      } catch {
        // A full or forbidden store: the server's copy is then the only one.
      }
    }

    function forget() {
      try {
        localStorage.removeItem(key);
      } catch {
        // As above.
      }
    }

    function changed() {
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

    function post(now) {
      return fetch(`${form.getAttribute("action")}/autosave`, {
        method: "POST",
        body: body(now),
        credentials: "same-origin",
        redirect: "manual",
        headers: { Accept: "application/json", "X-CSRF-Token": form.elements.namedItem("csrf").value },
        signal: AbortSignal.timeout(30_000),
      });
    }

    /** Gives true when the server has acknowledged `now`. */
    async function take(answer, now) {
      const json = answer ? await answer.json().catch(() => ({})) : {};
      if (answer?.ok && Number.isInteger(json.version)) {
        failures = 0;
        unanswered = null;
        saved = now;
        version.value = json.version;
        for (const other of document.querySelectorAll('form input[name="version"]')) other.value = json.version;
        const at = Date.parse(json.saved_at) || Date.now();
        if (dirty()) keep(fields());
        else forget();
        tell(say.saySaved.replace("%time", clock(at)));
        document.dispatchEvent(new CustomEvent("daebon:saved"));
        return true;
      }
      keep(fields());
      if (answer?.status === 409) {
        stopped = true;
        // The server answers the whole form with what differs, and asks which one it is to be.
        const compare = button(say.sayConflictCompare, () => {
          leaving = true;
          form.requestSubmit(form.querySelector('button[name="action"][value="save"]'));
        });
        tell(json.message || say.sayConflict, [compare, link(say.sayConflictOpen, location.pathname)], true);
      } else if (answer && (answer.status === 401 || answer.type === "opaqueredirect")) {
        tell(say.sayLogin, [link(say.sayLoginOpen, say.login), button(say.sayTryAgain, save)], true);
      } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
        unanswered = null;
        tell([json.message || say.sayFailed, ...Object.values(json.fields ?? {})].join(" "), [], true);
      } else {
        unanswered = now;
        const seconds = Math.min(60, 2 ** Math.min(++failures, 6));
        tell(say.sayRetry.replace("%seconds", seconds), [button(say.sayTryAgain, save)], true);
        timer = setTimeout(save, seconds * 1000);
      }
      return false;
    }

    // The last chance when the page goes away: sent so that it outlives the page.
    function lastCall(event) {
      if (leaving || stopped || inFlight || !dirty()) return;
      const now = fields();
      keep(now);
      if (body(now).toString().length < KEEPALIVE_BYTES) {
        inFlight = fetch(`${form.getAttribute("action")}/autosave`, { method: "POST", body: body(now), keepalive: true, credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json", "X-CSRF-Token": form.elements.namedItem("csrf").value } })
          .then((answer) => take(answer, now), () => take(null, now))
          .finally(() => (inFlight = null));
      } else if (event.type === "visibilitychange") void save();
    }

    // A button of this form carries the text itself, but must not overtake a save on its way, or one
    // whose answer was lost: it would name an older version. Any other form of the page leaves the text behind, so
    // that is saved first.
    document.addEventListener("submit", async (event) => {
      const own = event.target === form;
      if (leaving || event.defaultPrevented || stopped) return;
      clearTimeout(timer);
      if (own ? !inFlight && unanswered === null : !inFlight && !dirty()) {
        leaving = true;
        return;
      }
      event.preventDefault();
      const good = own ? (await (unanswered === null ? inFlight : save()), !stopped) : await save();
      if (!good) return;
      leaving = true;
      event.target.requestSubmit(event.submitter);
      leaving = false;
    });

    // The preview shows what is stored.
    document.addEventListener("click", (event) => event.target.closest("[data-flush]") && void save());

    form.addEventListener("input", changed);
    form.addEventListener("daebon:changed", changed);
    addEventListener("online", () => void save());
    document.addEventListener("visibilitychange", (event) => document.visibilityState === "hidden" && lastCall(event));
    addEventListener("pagehide", lastCall);
    addEventListener("beforeunload", (event) => {
      if (!leaving && dirty() && (stopped || failures > 0)) event.preventDefault();
    });
    addEventListener("pageshow", (event) => {
      leaving = false;
      if (event.persisted && !dirty()) location.reload(); // an old version number otherwise
    });
    if (stopped) {
      // The page shows both texts; this one is nowhere else yet.
      keep(fields());
      tell(say.sayConflict, [], true);
      document.querySelector("[data-drop-kept]")?.addEventListener("click", () => {
        leaving = true;
        forget();
      });
    } else offer();

    function offer() {
      let kept;
      try {
        kept = JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return;
      }
      if (!kept) return;
      if (kept.fields === fields() || kept.at <= Number(form.dataset.savedAt)) return forget();
      const box = document.getElementById("kept");
      box.querySelector("p").textContent = say.sayKept.replace("%time", new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", timeZone: say.zone }).format(kept.at));
      box.querySelector(".row").replaceChildren(
        button(say.sayKeptUse, () => {
          fill(new URLSearchParams(kept.fields));
          box.hidden = true;
          changed();
        }),
        button(say.sayKeptDrop, () => {
          forget();
          box.hidden = true;
        }),
      );
      box.hidden = false;
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
