// Leave and return: the field, the cursor, what was selected and how far the page was scrolled are
// there again. Kept in this browser for the posts that were worked on last, and used only while the
// text is the one that it was left at.
{
  const KEY = "daebon:places";
  const MOST = 50;
  const form = document.getElementById("post-form");
  if (form && form.dataset.removed !== "true") start(form);

  function start(form) {
    const id = form.dataset.editor;
    const version = form.elements.namedItem("version");
    let field = null;
    document.addEventListener("focusin", (event) => {
      if (event.target.form === form && event.target.id && event.target.matches("textarea, input")) field = event.target;
    });
    const faults = document.getElementById("error-summary") || form.dataset.conflict === "true" || form.dataset.failed === "true";
    if (!faults && location.hash === "") requestAnimationFrame(() => restore(all()[id]));
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
    document.addEventListener("daebon:saved", keep);

    function restore(place) {
      // Somebody was quicker with the mouse.
      if (document.activeElement?.form === form) return;
      if (!place) return begin();
      const found = place.field ? document.getElementById(place.field) : null;
      const isSame = place.version === version.value || (found && place.text === digest(found.value));
      if (!isSame) return;
      if (found?.form === form && found.checkVisibility()) {
        found.focus({ preventScroll: true });
        if (place.start !== null) found.setSelectionRange(place.start, place.end, place.direction);
      }
      scrollTo({ top: place.top, behavior: "instant" });
    }

    /** A new draft begins with its title. */
    function begin() {
      const fields = ["title", "note", "script"].map((name) => form.elements.namedItem(name));
      if (fields.every((field) => field.value === "")) fields[0].focus({ preventScroll: true });
    }

    function keep() {
      const places = all();
      delete places[id]; // the newest stands last
      places[id] = {
        version: version.value,
        field: field?.id ?? "",
        text: field ? digest(field.value) : 0,
        start: field?.selectionStart ?? null,
        end: field?.selectionEnd ?? null,
        direction: field?.selectionDirection ?? "none",
        top: Math.round(scrollY),
      };
      const old = Object.keys(places).slice(0, -MOST);
      for (const key of old) delete places[key];
      try {
        localStorage.setItem(KEY, JSON.stringify(places));
      } catch {
        // A full or forbidden store: the page begins at its top.
      }
    }

    function all() {
      try {
        return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
      } catch {
        return {};
      }
    }
  }

  /** Tells two texts apart, no more (FNV-1a). */
  function digest(text) {
    let hash = 0x811c9dc5;
    for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
    return hash >>> 0;
  }
}
