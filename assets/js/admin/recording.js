// A recording of a post, and the same in a second format: choosing a file uploads it while the text is written on, and goes on where
// it was cut off, also after a reload when the same file is chosen again. Without this module the page's form takes it along.
import { upload } from "./upload.js";

const main = document.getElementById("recording");
if (globalThis.tus) for (const box of document.querySelectorAll("[data-upload]")) start(box);

function start(box) {
  const say = main.dataset; // both places say the same
  const place = box.dataset.upload;
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const input = document.getElementById(`f-${place}`);
  const key = `daebon:upload:${say.post}${place === "recording" ? "" : `:${place}`}`;
  let pressed = null; // the button that waits for the upload
  let job = null; // the upload at hand

  part("send").hidden = true; // choosing is enough
  input.removeAttribute("name"); // the form would send it a second time
  remembered();
  if (place === "alternate") document.addEventListener("daebon:recording", (event) => beside(event.detail));

  input.addEventListener("change", () => input.files.length && take(input.files));
  const drop = part("drop");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, (event) => hasFiles(event) && drop.classList.add("drop-over"));
  for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("drop-over"));
  drop.addEventListener("drop", (event) => event.dataTransfer.files.length && take(event.dataTransfer.files));
  if (place === "recording") besides(hasFiles);
  part("cancel").addEventListener("click", cancel);
  addEventListener("beforeunload", (event) => job && event.preventDefault());
  // What is pressed while the file is on its way waits for it, so that both become public together.
  document.addEventListener("submit", wait, true);
  // What was chosen before this ran, or what the browser kept over a reload.
  if (input.files.length) take(input.files);

  function take(files) {
    const file = files[0];
    fail("");
    if (files.length > 1) return fail(say.sayOne);
    if (file.size === 0) return fail(say.sayEmpty);
    if (file.size > Number(say.maxUpload)) return fail(say.sayTooLarge);
    if (job) return;
    box.querySelector('[data-value="uploading"]').textContent = file.name;
    part("uploading").hidden = false;
    drop.hidden = true;
    progress(0, file.size, 0);
    tell(say.sayStarting);
    const to = { endpoint: say.uploads, metadata: { filename: file.name, post: say.post, place }, url: recall(file) };
    job = upload(file, to, {
      begun: (url) => store({ url, name: file.name, size: file.size, lastModified: file.lastModified }),
      progress: (sent, rate) => progress(sent, file.size, rate),
      finishing: () => tell(say.sayFinishing),
      loggedOut: () => tell(say.sayLogin),
      waiting: (seconds) => tell(say.sayWaiting.replace("%seconds", seconds)),
      done,
      refused,
    });
  }

  /** A file dropped beside the areas must not replace the page, and the text with it: it is the recording. */
  function besides(hasFiles) {
    const isOwn = (event) => !hasFiles(event) || event.target.closest?.("input[type=file]");
    for (const type of ["dragenter", "dragover"]) addEventListener(type, (event) => isOwn(event) || event.preventDefault());
    addEventListener("drop", (event) => {
      if (isOwn(event)) return;
      event.preventDefault();
      if (!event.target.closest?.('[data-part="drop"]')) take(event.dataTransfer.files);
    });
  }

  function refused(status, body) {
    let sentence = say.sayFailed;
    try {
      sentence = JSON.parse(body).message || sentence;
    } catch {} // Not JSON: our own sentence stands.
    // Except for a lost right or a full disk, the bytes will not become better.
    if (status !== 403 && status !== 507) store(null);
    end(sentence);
  }

  function progress(sent, total, rate) {
    part("uploading").querySelector("progress").value = sent / total;
    if (!rate) return;
    const left = Math.ceil((total - sent) / rate);
    const words = left < 90 ? say.sayLeftSeconds.replace("%count", left) : say.sayLeftMinutes.replace("%count", Math.ceil(left / 60));
    tell(say.sayProgress.replace("%done", bytes(sent)).replace("%total", bytes(total)).replace("%rate", bytes(rate)).replace("%left", words), false);
  }

  function wait(event) {
    if (!job || event.target.id !== "post-form" || !["publish", "publish_unlisted", "update", "schedule"].includes(event.submitter?.value)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
    part("then").hidden = false;
  }

  function done(json) {
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

  function suggest({ title, proposed_title: proposed, has_artwork: artwork, chapters }) {
    const use = part("use-title");
    use.dataset.title = title ?? "";
    use.textContent = say.sayTitle.replace("%title", title ?? "");
    use.hidden = !title;
    part("use-artwork").hidden = !artwork;
    part("chapters").textContent = say.sayChapters.replace("%count", chapters ?? 0);
    part("chapters").hidden = !chapters;
    part("suggestions").hidden = !title && !artwork && !chapters;
    if (proposed) box.dispatchEvent(new CustomEvent("daebon:title", { detail: proposed, bubbles: true }));
  }

  function cancel() {
    job.cancel();
    store(null);
    end("");
    part("live").textContent = say.sayCancelled;
    input.focus();
  }

  function end(sentence) {
    job = null;
    pressed = null;
    part("then").hidden = true;
    input.value = "";
    part("uploading").hidden = true;
    part("live").textContent = "";
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

  function bytes(n) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    let unit = 0;
    while (n >= 1000 && unit < 3) [n, unit] = [n / 1000, unit + 1];
    return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: units[unit], unitDisplay: "short", maximumFractionDigits: n < 10 && unit > 0 ? 1 : 0 }).format(n);
  }
}
