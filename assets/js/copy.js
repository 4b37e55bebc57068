// Copying an address: a button with `data-copy` is hidden until this runs, since without a
// script it could do nothing. What happened is said in the button's own `role="status"`
// neighbour, so that it is heard as well.

/** Shows every copy button below `root` and makes it work. */
export function enhanceCopyButtons(root) {
  if (!navigator.clipboard) return; // no secure context: the link itself stays
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const status = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    status.textContent = button.dataset.done;
  } catch {
    status.textContent = button.dataset.failed;
  }
}
