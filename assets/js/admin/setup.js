// Forms of a show: an address proposed from the title, the browser's time zone, an address
// copied at a press.
{
  for (const address of document.querySelectorAll("[data-propose-from]")) propose(address);
  if (document.querySelector("form[data-setup]")) zone();
  for (const button of document.querySelectorAll("[data-copy]")) copying(button);
  // One menu open at a time; Escape and a press elsewhere close it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  function propose(address) {
    const title = document.getElementById(address.dataset.proposeFrom);
    let own = address.value !== "";
    address.addEventListener("input", () => (own = address.value !== ""));
    title.addEventListener("input", () => {
      if (!own) address.value = slug(title.value);
    });
  }

  function slug(text) {
    return romanise(text.normalize("NFC"))
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{Mark}/gu, "")
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 40)
      .replace(/^-+|-+$/g, "");
  }

  // Revised Romanization of Korean, syllable by syllable, with the liaison of a final before a
  // vowel; other changes of sound are left out, since this is a proposal for an address.
  function romanise(text) {
    const first = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ");
    const vowel = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
    const last = " k k k n n n t l k m p l l p l m p p t t ng t t k t p t".split(" ");
    const linked = " g kk gs n nj n d r lg lm lb ls lt lp r m b bs s ss ng j ch k t p ".split(" ");
    let out = "";
    const chars = [...text];
    chars.forEach((char, n) => {
      const code = char.codePointAt(0) - 0xac00;
      if (!(code >= 0 && code < 11172)) {
        out += char;
        return;
      }
      const following = (chars[n + 1]?.codePointAt(0) ?? 0) - 0xac00;
      const open = following >= 0 && following < 11172 && Math.floor(following / 588) === 11;
      const tail = code % 28;
      out += first[Math.floor(code / 588)] + vowel[Math.floor((code % 588) / 28)] + (open ? linked : last)[tail];
    });
    return out;
  }

  function zone() {
    const select = document.getElementById("f-time_zone");
    const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // A form that came back with faults keeps what was chosen in it.
    if (select && !document.getElementById("error-summary") && [...select.options].some((o) => o.value === name)) select.value = name;
  }

  function copying(button) {
    const input = document.getElementById(button.dataset.copy);
    const label = button.textContent;
    button.hidden = false;
    input.addEventListener("focus", () => input.select());
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(input.value);
      } catch {
        input.select();
        return;
      }
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
}
