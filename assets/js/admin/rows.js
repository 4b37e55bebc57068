// Lists of rows in a form: rows are added and taken away at a press. Without JavaScript there
// are a few empty rows, and a row that was emptied is left out when the form is saved.
for (const list of document.querySelectorAll("ol[data-rows]")) bindRows(list);

/** Lets rows be added to a list and taken away. */
export function bindRows(list) {
  const more = list.parentElement.querySelector("[data-row-more]");
  const controls = (row) => [...row.querySelectorAll("input, select, textarea")];
  const empty = (row) => controls(row).every((control) => control.value.trim() === "");
  const blank = list.lastElementChild.cloneNode(true);
  const legend = blank.querySelector("legend").textContent.replace(/\d+/, "%n");
  let next = list.children.length;

  while (list.children.length > 1 && empty(list.lastElementChild)) list.lastElementChild.remove();
  number();
  more.hidden = false;

  function number() {
    [...list.children].forEach((row, n) => {
      row.querySelector("legend").textContent = legend.replace("%n", n + 1);
      row.querySelector("[data-row-remove]").hidden = false;
    });
  }

  function add() {
    const row = blank.cloneNode(true);
    for (const control of controls(row)) {
      const id = control.id.replace(/\d+$/, next);
      row.querySelector(`label[for="${control.id}"]`).htmlFor = id;
      control.id = id;
    }
    next += 1;
    list.append(row);
    number();
    return row;
  }

  more.addEventListener("click", () => controls(add())[0].focus());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row-remove]")?.closest("li");
    if (!row) return;
    const neighbour = row.nextElementSibling ?? row.previousElementSibling ?? add();
    row.remove();
    number();
    controls(neighbour)[0].focus();
  });
}
