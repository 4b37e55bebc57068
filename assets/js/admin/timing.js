// The work on a transcript as it goes on: asked for every two seconds while something is still to
// come of it, and when it ended that part of the page is fetched anew. Without JavaScript there is
// a link that loads the page again.
import { bindRows } from "./rows.js";

{
  const panel = document.querySelector("[data-timing]");
  if (panel) watch(panel);

  function watch(panel) {
    const EVERY_MS = 2000;
    const part = (name) => panel.querySelector(`[data-part="${name}"]`);
    const form = document.getElementById("post-form");
    const script = document.getElementById("f-script");
    const isRetried = () => part("work").querySelector("[data-retried]") !== null;
    const runs = () => isRetried() || part("work").querySelector("progress") !== null;
    let timer = 0;

    function settle() {
      const reload = part("reload");
      if (reload) reload.hidden = true;
      clearTimeout(timer);
      if (runs() && document.visibilityState === "visible") timer = setTimeout(ask, EVERY_MS);
    }

    async function ask() {
      try {
        const answer = await fetch(panel.dataset.timing, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" });
        if (!answer.ok) return; // logged out, or gone: the page says so when it is loaded again
        await show(await answer.json());
      } catch {
        // The line dropped: ask again.
      }
      settle();
    }

    async function show(status) {
      if (!status.open || status.retried !== isRetried()) return await renew();
      const text = part("work").querySelector("#timing-state");
      if (text.textContent !== status.text) text.textContent = status.text;
      if (status.retried) return;
      part("work").querySelector("progress").value = status.percent;
      part("percent").textContent = `${status.percent}%`;
    }

    // Only what the work changes: a form below may hold what was typed.
    async function renew() {
      const answer = await fetch(form.getAttribute("action"), { credentials: "same-origin", redirect: "manual" }).catch(() => null);
      if (!answer?.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const work = fresh.querySelector('[data-timing] [data-part="work"]');
      if (work) part("work").replaceWith(document.adoptNode(work));
      const timeline = fresh.querySelector('input[name="timeline"]');
      const here = panel.querySelector('input[name="timeline"]');
      if (timeline && here) here.value = timeline.value;
      // There are chapters where there is a recording.
      const chapters = fresh.getElementById("chapters");
      if (chapters && !document.getElementById("chapters")) {
        panel.append(document.adoptNode(chapters));
        for (const list of chapters.querySelectorAll("ol[data-rows]")) bindRows(list);
      }
      document.dispatchEvent(new CustomEvent("daebon:timed"));
      settle();
    }

    // Enter presses the first button of a form, which saves the text.
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("#chapters input")) return;
      event.preventDefault();
      form.requestSubmit(panel.querySelector('button[value="chapters_own"]'));
    });
    document.addEventListener("daebon:recording", renew);
    document.addEventListener("daebon:saved", () => part("need-script") && script.value.trim() && void renew());
    document.addEventListener("visibilitychange", settle);
    settle();
  }
}
