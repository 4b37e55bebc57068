// Copying: where that is allowed, and by the older way where it is not (an address without TLS, a
// browser that forbids it). A button with `data-copy` is hidden until this runs, since without a
// script it could do nothing; its room is kept by the style sheet. What happened is said in the
// button's own `role="status"` neighbour, so that it is heard as well.

/** Shows every copy button below `root` and makes it work. */
export function enhanceCopyButtons(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button) {
  const { copy, done, failed } = button.dataset;
  const said = (await copied(copy)) ? done : failed;
  button.parentElement.querySelector("[role=status]").textContent = said;
}

/** Copies a text; whether that was possible. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    let done = false;
    const put = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", put, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", put);
    return done;
  }
}
