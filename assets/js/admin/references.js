// References: a pasted address brings its title, outlet and date along, and a reference is tied to
// the sentence that is selected in the script. Both have a way without JavaScript: a button, and
// the field of the sentence.
{
  const box = document.querySelector("[data-look-up]");
  const form = document.getElementById("post-form");
  const script = document.getElementById("f-script");
  if (box && form && script) start();

  function start() {
    const list = box.querySelector("ol");
    const asked = new WeakMap(); // the address that a row was last looked up for
    const MOST = 3; // look-ups at a time: saving must find a free line too
    const waiting = [];
    let running = 0;

    const part = (row, name) => row.querySelector(`[name="${name}"]`);
    const say = (row, sentence) => (row.querySelector("[data-ref-say]").textContent = sentence);
    const reveal = () => {
      for (const button of list.querySelectorAll('[data-ref="tie"]')) button.hidden = false;
    };
    reveal();
    new MutationObserver(reveal).observe(list, { childList: true });

    list.addEventListener("change", (event) => {
      if (event.target.name !== "ref_url") return;
      const row = event.target.closest("li");
      if (/^https?:\/\/\S+\.\S+$/.test(event.target.value.trim()) && part(row, "ref_title").value.trim() === "") lookUp(row);
    });
    list.addEventListener("paste", (event) => {
      if (event.target.name !== "ref_url" && event.target.name !== "ref_title") return;
      const words = (event.clipboardData?.getData("text/plain") ?? "").trim();
      const row = event.target.closest("li");
      if (!/^https?:\/\/\S+$/.test(words) || part(row, event.target.name).value !== "") return;
      // An address belongs into its own field, wherever it is dropped.
      event.preventDefault();
      part(row, "ref_url").value = words;
      changed();
      lookUp(row);
    });
    box.addEventListener("click", (event) => {
      const button = event.target.closest('[data-ref="look-up"], [data-ref="tie"]');
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      const row = button.closest("li");
      if (button.dataset.ref === "tie") tie(row);
      else {
        asked.delete(row);
        lookUp(row);
      }
    }, true);

    function changed() {
      form.dispatchEvent(new CustomEvent("daebon:changed"));
    }

    function lookUp(row) {
      const url = part(row, "ref_url").value.trim();
      if (asked.get(row) === url) return;
      asked.set(row, url);
      say(row, box.dataset.sayLooking);
      waiting.push([row, url]);
      goOn();
    }

    function goOn() {
      while (running < MOST && waiting.length > 0) {
        running += 1;
        void ask(...waiting.shift()).finally(() => {
          running -= 1;
          goOn();
        });
      }
    }

    async function ask(row, url) {
      if (!row.isConnected || part(row, "ref_url").value.trim() !== url) return;
      let found;
      try {
        const answer = await fetch(box.dataset.lookUp, {
          method: "POST",
          body: new URLSearchParams({ url, csrf: form.elements.namedItem("csrf").value }),
          credentials: "same-origin",
          redirect: "error",
          headers: { Accept: "application/json" },
          signal: AbortSignal.timeout(30_000),
        });
        found = await answer.json();
      } catch {
        found = {};
      }
      // Meanwhile it may have become another address.
      if (!row.isConnected || part(row, "ref_url").value.trim() !== url) return;
      if (!found.title) return say(row, found.message ?? box.dataset.sayUnreached);
      say(row, "");
      for (const [name, value] of [["ref_title", found.title], ["ref_outlet", found.outlet], ["ref_date", found.date]]) {
        if (part(row, name).value.trim() === "") part(row, name).value = value ?? "";
      }
      changed();
    }

    /** The sentence around the selection: its first words are what a reference is tied by. */
    function tie(row) {
      const text = script.value;
      const at = script.selectionStart;
      let from = text.lastIndexOf("\n", at - 1) + 1;
      for (const end of text.slice(from, at).matchAll(/[.!?…。！？]["'”’」』)\]]*\s+/g)) from = text.lastIndexOf("\n", at - 1) + 1 + end.index + end[0].length;
      const line = text.slice(from).split("\n", 1)[0];
      const sentence = line.match(/^.*?[.!?…。！？]["'”’」』)\]]*(?=\s|$)/)?.[0] ?? line;
      // As a reader sees it: without the signs of Markdown.
      const words = sentence.replace(/^\s*(?:#{1,6} |> ?|[-*+] |\d+[.)] )*/, "").replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/(\*\*|\*|`)/g, "").trim();
      if (words === "") return say(row, box.dataset.sayNoSelection);
      part(row, "ref_passage").value = words.slice(0, 200);
      part(row, "ref_passage").focus();
      say(row, "");
      changed();
    }
  }
}
