// Where a link on the page leads to may lie in a panel that is closed: it is opened, and a field is
// ready to be typed into. The same for an address that ends in such a place, and for the first
// faulty field of a form that came back.
{
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="#"]');
    if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin + link.pathname !== location.origin + location.pathname) return;
    const target = find(link.hash);
    if (!target) return;
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    // After the browser's own jump, which would move the focus to the place itself.
    setTimeout(() => enter(target));
  });
  const target = find(location.hash);
  const summary = document.getElementById("error-summary");
  if (target) enter(target);
  else if (summary) enter(document.querySelector('[aria-invalid="true"]') ?? summary.querySelector("a"));

  function find(hash) {
    try {
      return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    } catch {
      return null;
    }
  }

  function enter(target) {
    for (let panel = target.closest("details"); panel; panel = panel.parentElement.closest("details")) panel.open = true;
    if (target.matches("input, textarea, select, a")) target.focus();
    target.scrollIntoView({ block: target.matches("textarea") ? "start" : "nearest" });
  }
}
