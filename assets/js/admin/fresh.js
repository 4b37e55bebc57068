// Parts of a page that the server prints anew: `data-fresh` names the address that answers with the
// part alone, `data-fresh-on` the events after which it is asked. What is not settled yet
// (`data-pending` in it) is asked for again. Without JavaScript the page has them as they were.
{
  const AGAIN_MS = 2000; // while something is still to come
  const PAUSE_MS = 300; // events come in groups

  for (const box of document.querySelectorAll("[data-fresh]")) keep(box);

  function keep(box) {
    let timer = 0;
    let asked = null;
    let waiting = null; // what came while somebody was in the part
    for (const name of (box.dataset.freshOn ?? "").split(" ").filter(Boolean)) document.addEventListener(name, () => later(PAUSE_MS));
    box.addEventListener("focusout", () => setTimeout(() => waiting !== null && show(waiting)));
    document.addEventListener("visibilitychange", settle);
    if (box.hasAttribute("data-fresh-now")) later(0);
    else settle();

    function later(ms) {
      clearTimeout(timer);
      timer = setTimeout(ask, ms);
    }

    function settle() {
      if (box.querySelector("[data-pending]") && document.visibilityState === "visible") later(AGAIN_MS);
    }

    async function ask() {
      asked?.abort();
      asked = new AbortController();
      const mine = asked;
      try {
        const answer = await fetch(box.dataset.fresh, { headers: { Accept: "text/html" }, credentials: "same-origin", redirect: "manual", signal: mine.signal });
        if (!answer.ok) return; // logged out, or gone: the page says so when it is loaded again
        show(await answer.text());
      } catch {
        // The line dropped: the next event asks again.
      }
      if (asked === mine) settle();
    }

    function show(html) {
      // Nothing is taken away from under the one who is reading it.
      if (box.contains(document.activeElement)) {
        waiting = html;
        return;
      }
      waiting = null;
      const fresh = new DOMParser().parseFromString(html, "text/html").body;
      if (fresh.innerHTML.trim() === box.innerHTML.trim()) return;
      const isOpen = box.querySelector("details")?.open ?? false;
      box.replaceChildren(...fresh.childNodes);
      const details = box.querySelector("details");
      if (details) details.open = isOpen;
    }
  }
}
