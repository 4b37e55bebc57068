// Upload of a recording, and of the same in a second format: a client of tus 1.0 (core, creation, termination) that goes on where
// it was cut off, also after a reload when the same file is chosen again.
// https://tus.io/protocols/resumable-upload. Without this module the plain form uploads.
{
  const main = document.getElementById("recording");
  for (const box of document.querySelectorAll("[data-upload]")) start(box);

  function start(box) {
    // A piece is checked as a whole, so a dropped line costs it: it is what goes out in a few seconds.
    const PIECE = { least: 256 * 1024, first: 1024 * 1024, most: 8 * 1024 * 1024, seconds: 4 };
    const say = main.dataset; // both places say the same
    const place = box.dataset.upload;
    const part = (name) => box.querySelector(`[data-part="${name}"]`);
    const input = document.getElementById(`f-${place}`);
    const csrf = document.querySelector(`#${place}-form input[name="csrf"]`).value;
    const key = `daebon:upload:${say.post}${place === "recording" ? "" : `:${place}`}`;
    let pressed = null; // the button that waits for the upload
    let job = null; // the upload at hand: { file, url, offset, xhr, cancelled, failures }

    part("send").hidden = true; // choosing is enough
    remembered();
    if (place === "alternate") document.addEventListener("daebon:recording", (event) => beside(event.detail));

    input.addEventListener("change", () => input.files.length && take(input.files));
    const drop = part("drop");
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, (event) => hasFiles(event) && drop.classList.add("drop-over"));
    for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("drop-over"));
    drop.addEventListener("drop", (event) => event.dataTransfer.files.length && take(event.dataTransfer.files));
    // A file dropped beside the area must not replace the page, and the text with it.
    for (const type of ["dragenter", "dragover", "drop"]) addEventListener(type, (event) => hasFiles(event) && event.preventDefault());
    part("cancel").addEventListener("click", cancel);
    addEventListener("beforeunload", (event) => job && event.preventDefault());
    // What is pressed while the file is on its way waits for it, so that both become public together.
    document.addEventListener("submit", wait, true);

    function take(files) {
      const file = files[0];
      fail("");
      if (files.length > 1) return fail(say.sayOne);
      if (file.size === 0) return fail(say.sayEmpty);
      if (file.size > Number(say.maxUpload)) return fail(say.sayTooLarge);
      if (job) return;
      job = { file, url: null, offset: 0, xhr: null, cancelled: false, failures: 0, rate: 0, mark: null };
      box.querySelector('[data-value="uploading"]').textContent = file.name;
      part("uploading").hidden = false;
      drop.hidden = true;
      tell(say.sayStarting);
      run(job);
    }

    async function run(mine) {
      while (!mine.cancelled) {
        try {
          if (await step(mine)) return;
          mine.failures = 0;
        } catch (error) {
          if (mine.cancelled) return;
          if (error.final) return end(error.sentence);
          const seconds = Math.min(30, 2 ** Math.min(mine.failures++, 5));
          mine.stale = true;
          mine.mark = null;
          tell(say.sayWaiting.replace("%seconds", seconds));
          await Promise.race([new Promise((done) => setTimeout(done, seconds * 1000)), new Promise((done) => addEventListener("online", done, { once: true }))]);
        }
      }
    }

    /** One exchange with the server; true when the upload is complete. */
    async function step(mine) {
      if (!mine.url) {
        mine.url = recall(mine.file);
        if (mine.url) mine.stale = true;
        else return create(mine);
      }
      if (mine.stale) return ask(mine);
      const length = mine.rate ? Math.max(PIECE.least, Math.min(PIECE.most, Math.round(mine.rate * PIECE.seconds))) : PIECE.first;
      const end = Math.min(mine.offset + length, mine.file.size);
      const piece = mine.file.slice(mine.offset, end);
      const answer = await request(mine, "PATCH", mine.url, { "Upload-Offset": mine.offset, "Content-Type": "application/offset+octet-stream", ...(await checksum(piece)) }, piece, (sent) => progress(mine, mine.offset + sent));
      if (answer.status === 409) mine.stale = true;
      else if (answer.status === 460) throw new Error("again");
      else if (answer.status === 404 || answer.status === 410) restart(mine);
      else if (answer.status === 204) {
        const offset = Number(answer.getResponseHeader("Upload-Offset") ?? end);
        if (!(offset > mine.offset)) throw new Error("no progress");
        mine.offset = offset;
      } else if (answer.status === 200) {
        finish(JSON.parse(answer.responseText));
        return true;
      } else refuse(answer);
      return false;
    }

    /** What the piece comes to, where the browser counts it: on safe lines alone. */
    async function checksum(piece) {
      if (!globalThis.crypto?.subtle) return {};
      const sum = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
      return { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...new Uint8Array(sum)))}` };
    }

    async function create(mine) {
      const answer = await request(mine, "POST", say.uploads, { "Upload-Length": mine.file.size, "Upload-Metadata": `filename ${base64(mine.file.name)},post ${base64(say.post)},place ${base64(place)}` });
      if (answer.status !== 201) refuse(answer);
      mine.url = new URL(answer.getResponseHeader("Location"), location.href).pathname;
      mine.offset = 0;
      store({ url: mine.url, name: mine.file.name, size: mine.file.size, lastModified: mine.file.lastModified });
      return false;
    }

    async function ask(mine) {
      const answer = await request(mine, "HEAD", mine.url);
      if (answer.status === 404 || answer.status === 410) restart(mine);
      else if (answer.status === 200 || answer.status === 204) {
        mine.offset = Number(answer.getResponseHeader("Upload-Offset"));
        mine.stale = false;
        progress(mine, mine.offset);
      } else refuse(answer);
      return false;
    }

    function restart(mine) {
      store(null);
      mine.url = null;
      mine.offset = 0;
      mine.stale = false;
    }

    function refuse(answer) {
      if (answer.status === 0 || answer.status === 423 || answer.status === 429 || (answer.status >= 500 && answer.status !== 507)) throw new Error("again");
      let sentence = answer.status === 401 ? say.sayLogin : say.sayFailed;
      try {
        sentence = JSON.parse(answer.responseText).message || sentence;
      } catch {} // Not JSON: our own sentence stands.
      // Except for a lost session or a full disk, the bytes will not become better.
      if (answer.status !== 401 && answer.status !== 507) store(null);
      throw Object.assign(new Error("refused"), { final: true, sentence });
    }

    // XMLHttpRequest, since fetch tells nothing of bytes sent.
    function request(mine, method, url, headers = {}, body = null, onsent = null) {
      return new Promise((done, lost) => {
        const xhr = new XMLHttpRequest();
        mine.xhr = xhr;
        xhr.open(method, url);
        for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", "X-CSRF-Token": csrf, Accept: "application/json", ...headers })) xhr.setRequestHeader(name, String(value));
        // A line that died without a word is given up like one that broke: bytes that don't move for
        // half a minute, an answer that takes a minute. What is sent whole may still lie in a buffer of
        // the system; with the last piece the server looks at the file first.
        let moved = Date.now();
        let patience = 30000;
        const watch = onsent ? setInterval(() => Date.now() - moved > patience && xhr.abort(), 5000) : 0;
        if (!onsent) xhr.timeout = 60000;
        if (onsent) xhr.upload.onprogress = (event) => {
          moved = Date.now();
          onsent(event.loaded);
        };
        if (onsent) xhr.upload.onload = () => {
          const isLast = mine.offset + body.size >= mine.file.size;
          moved = Date.now();
          patience = isLast ? 300000 : 60000;
          if (isLast) tell(say.sayFinishing);
        };
        xhr.onloadend = () => clearInterval(watch);
        xhr.onload = () => done(xhr);
        xhr.onerror = xhr.onabort = xhr.ontimeout = () => lost(new Error("line"));
        xhr.send(body);
      });
    }

    function progress(mine, sent) {
      const now = performance.now();
      part("uploading").querySelector("progress").value = sent / mine.file.size;
      if (!mine.mark) mine.mark = { at: now, sent };
      const seconds = (now - mine.mark.at) / 1000;
      if (seconds >= 0.5) {
        const rate = (sent - mine.mark.sent) / seconds;
        mine.rate = mine.rate ? mine.rate * 0.8 + rate * 0.2 : rate;
        mine.mark = { at: now, sent };
      }
      if (!mine.rate) return;
      const left = Math.ceil((mine.file.size - sent) / mine.rate);
      const words = left < 90 ? say.sayLeftSeconds.replace("%count", left) : say.sayLeftMinutes.replace("%count", Math.ceil(left / 60));
      tell(say.sayProgress.replace("%done", bytes(sent)).replace("%total", bytes(mine.file.size)).replace("%rate", bytes(mine.rate)).replace("%left", words), false);
    }

    function wait(event) {
      if (!job || event.target.id !== "post-form" || !["publish", "update", "schedule"].includes(event.submitter?.value)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = event.submitter;
      part("then").hidden = false;
    }

    function finish(json) {
      store(null);
      const recording = json.recording;
      for (const field of box.querySelectorAll("summary [data-value], [data-part=attached] [data-value]")) {
        const value = recording[field.dataset.value] ?? "";
        field.textContent = field.dataset.value === "kind" ? value.toUpperCase() : value;
        field.hidden = value === "";
      }
      const player = box.querySelector("audio");
      if (player) player.src = `${say.audio}${say.audio.includes("?") ? "&" : "?"}t=${Date.now()}`;
      part("attached").hidden = false;
      part("remove").hidden = false;
      drop.querySelector("label").textContent = drop.querySelector("label").dataset.next;
      if (place === "recording") {
        suggest(json.suggestions ?? {});
        document.dispatchEvent(new CustomEvent("daebon:recording", { detail: recording }));
      }
      if (Number.isInteger(json.version)) document.dispatchEvent(new CustomEvent("daebon:version", { detail: json.version }));
      const button = pressed;
      end("");
      part("live").textContent = say.sayDone;
      if (button) button.form.requestSubmit(button);
    }

    /** A second format stands beside a first one, and goes where it is another recording. */
    function beside(first) {
      box.hidden = false;
      if (first.two_formats) return;
      part("attached").hidden = true;
      part("remove").hidden = true;
      box.querySelector("summary [data-value]").textContent = "";
      drop.querySelector("label").textContent = drop.querySelector("label").dataset.first;
    }

    function suggest({ title, has_artwork: artwork, chapters }) {
      const use = part("use-title");
      use.dataset.title = title ?? "";
      use.textContent = say.sayTitle.replace("%title", title ?? "");
      use.hidden = !title;
      part("use-artwork").hidden = !artwork;
      part("chapters").textContent = say.sayChapters.replace("%count", chapters ?? 0);
      part("chapters").hidden = !chapters;
      part("suggestions").hidden = !title && !artwork && !chapters;
      if (title) box.dispatchEvent(new CustomEvent("daebon:title", { detail: title, bubbles: true }));
    }

    function cancel() {
      const mine = Object.assign(job, { cancelled: true });
      mine.xhr?.abort();
      if (mine.url) fetch(mine.url, { method: "DELETE", credentials: "same-origin", headers: { "Tus-Resumable": "1.0.0", "X-CSRF-Token": csrf } }).catch(() => {});
      store(null);
      end("");
      part("live").textContent = say.sayCancelled;
    }

    function end(sentence) {
      job = null;
      pressed = null;
      part("then").hidden = true;
      input.value = "";
      part("uploading").hidden = true;
      drop.hidden = false;
      fail(sentence);
      remembered();
    }

    function fail(sentence) {
      part("error").textContent = sentence;
      part("error").hidden = sentence === "";
    }

    function tell(sentence, aloud = true) {
      part("state").textContent = sentence;
      if (aloud) part("live").textContent = sentence;
    }

    // Where the browser forbids the store, an upload does not go on after a reload; no worse.
    function store(what) {
      try {
        localStorage.setItem(key, JSON.stringify(what));
      } catch {}
    }

    function stored() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    }

    function recall(file) {
      const old = stored();
      return old && old.name === file.name && old.size === file.size && old.lastModified === file.lastModified ? old.url : null;
    }

    function remembered() {
      const old = stored();
      part("resume").hidden = !old;
      if (old) part("resume").textContent = say.sayResume.replace("%name", old.name);
    }

    function base64(text) {
      return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    }

    function bytes(n) {
      const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
      let unit = 0;
      while (n >= 1000 && unit < 3) [n, unit] = [n / 1000, unit + 1];
      return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: units[unit], unitDisplay: "short", maximumFractionDigits: n < 10 && unit > 0 ? 1 : 0 }).format(n);
    }
  }
}
