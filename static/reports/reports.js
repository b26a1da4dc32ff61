// Sorts the tables of reports by the column that is pressed; what can't be said stays at the end.

function valueOf(row, at, kind) {
  const cell = row.cells[at];
  if (kind === "text") return cell.textContent;
  return cell.dataset.value === "" ? null : Number(cell.dataset.value);
}

function order(kind, down) {
  return (one, other) => {
    if (one.value === null || other.value === null) return (one.value === null) - (other.value === null);
    const more = kind === "text"
      ? one.value.localeCompare(other.value, document.documentElement.lang, { numeric: true })
      : one.value - other.value;
    return down ? -more : more;
  };
}

function sort(table, head) {
  const down = head.ariaSort === "descending" ? false : head.ariaSort === "ascending" || head.dataset.sort === "number";
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  head.ariaSort = down ? "descending" : "ascending";
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, value: valueOf(row, head.cellIndex, head.dataset.sort) }));
  rows.sort(order(head.dataset.sort, down));
  table.tBodies[0].append(...rows.map(({ row }) => row));
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, head));
  }
}
