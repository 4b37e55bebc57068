// The page as it will look, beside the text: the preview of what is stored, made anew after each
// save. The new one is loaded behind the one that is seen and takes its place when it is whole, so
// nothing flashes, and it is scrolled as far as the old one. It follows the cursor in the script.
// On a narrow screen it lies over the text. Without JavaScript there is a link to it.
{
  const KEY = "daebon:pane";
  const desk = document.getElementById("desk");
  const pane = document.getElementById("pane");
  if (desk && pane) start(desk, pane);

  function start(desk, pane) {
    const wide = matchMedia("(min-width: 75rem)");
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const script = document.getElementById("f-script");
    const text = desk.querySelector(".desk-text");
    const toggle = document.querySelector("[data-pane]");
    const close = pane.querySelector("[data-pane-close]");
    let beside = remembered(); // on a wide screen
    let over = false; // on a narrow one
    let seen = null;
    let coming = null;
    let isStale = true;
    let block = -1; // where the cursor was last

    // Where a choice between two texts stands above, there is no bar.
    const link = document.querySelector("[data-pane-link]");
    if (!link) return;
    link.hidden = true;
    toggle.hidden = false;
    toggle.addEventListener("click", () => turn(!isOn()));
    close.addEventListener("click", () => turn(false));
    document.addEventListener("keydown", (event) => event.key === "Escape" && over && !wide.matches && turn(false));
    wide.addEventListener("change", settle);
    document.addEventListener("daebon:saved", refresh);
    document.addEventListener("daebon:recording", refresh);
    const moved = () => document.activeElement === script && requestAnimationFrame(() => follow(false));
    document.addEventListener("selectionchange", moved);
    // Not every browser tells of the cursor in a field.
    for (const name of ["keyup", "click"]) script.addEventListener(name, moved);
    settle();

    function isOn() {
      return wide.matches ? beside : over;
    }

    function turn(on) {
      if (wide.matches) {
        beside = on;
        try {
          localStorage.setItem(KEY, on ? "on" : "off");
        } catch {
          // Forgotten with the page.
        }
      } else over = on;
      settle();
      if (wide.matches) return;
      if (on) close.focus();
      else toggle.focus();
    }

    function settle() {
      const on = isOn();
      desk.classList.toggle("desk-split", on && wide.matches);
      document.querySelector("main").classList.toggle("with-pane", on && wide.matches);
      pane.hidden = !on;
      text.inert = on && !wide.matches;
      toggle.setAttribute("aria-pressed", String(on));
      if (on && isStale) refresh();
    }

    function refresh() {
      isStale = !isOn();
      if (isStale) return;
      coming?.remove();
      const next = document.createElement("iframe");
      next.title = pane.dataset.title;
      next.src = pane.dataset.src;
      next.addEventListener("load", () => next === coming && take(next));
      coming = next;
      pane.querySelector(".pane-frames").prepend(next);
    }

    function take(next) {
      coming = null;
      const page = next.contentDocument;
      // Logged out: what is seen stays, and autosave says so.
      if (!page || !page.getElementById("content")) {
        isStale = true;
        return next.remove();
      }
      page.addEventListener("click", outward, true);
      const top = seen?.contentWindow?.scrollY ?? 0;
      next.contentWindow.scrollTo({ top, behavior: "instant" });
      const old = seen;
      seen = next;
      // Painted before the old one goes.
      requestAnimationFrame(() => requestAnimationFrame(() => old?.remove()));
      if (document.activeElement === script) follow(true);
    }

    /** No other page may stand in this frame: links to them open beside it. */
    function outward(event) {
      const link = event.target.closest("a[href]");
      if (!link || link.pathname === new URL(pane.dataset.src, location.href).pathname) return;
      link.target = "_blank";
      link.rel = "noopener";
    }

    /** Scrolls to the paragraph that the cursor is in, unless it is in view. */
    function follow(again) {
      const page = seen?.contentDocument?.getElementById("text");
      if (!page || pane.hidden) return;
      const blocks = [...page.querySelectorAll("p, li, h2, h3, h4")].filter((node) => !node.querySelector("p, li"));
      if (blocks.length === 0) return;
      const lines = (text) => text.split("\n").filter((line) => line.trim() !== "").length;
      const before = Math.max(0, lines(script.value.slice(0, script.selectionStart)) - 1);
      const all = Math.max(1, lines(script.value));
      // Each line is a paragraph; where the two do not agree, about as far down.
      const at = Math.min(blocks.length - 1, all === blocks.length ? before : Math.floor((before / all) * blocks.length));
      if (at === block && !again) return;
      block = at;
      const view = seen.contentWindow;
      const { top, bottom } = blocks[at].getBoundingClientRect();
      if (top > 0.1 * view.innerHeight && bottom < 0.85 * view.innerHeight) return;
      view.scrollTo({ top: view.scrollY + top - view.innerHeight / 3, behavior: again || calm.matches ? "instant" : "smooth" });
    }

    /** As it was left; at first it is there where there is room for it. */
    function remembered() {
      try {
        return localStorage.getItem(KEY) !== "off";
      } catch {
        return true;
      }
    }
  }
}
