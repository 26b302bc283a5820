// Sorts the table of counties; without it the page tells all the same. It asks nobody for anything.
//
// A heading with data-sort becomes a button. Rows are sorted by data-key of the cell, or by its text;
// numbers among the letters count as numbers.
"use strict";

(() => {
  const table = document.querySelector("#county-table");
  const body = table.querySelector("tbody");
  const rows = [...body.rows];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  function sortBy(heading) {
    const column = heading.cellIndex;
    const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    const sign = direction === "ascending" ? 1 : -1;
    const keyOf = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction);
    const sorted = rows.map((row, place) => [keyOf(row), place, row]);
    sorted.sort((one, other) => sign * compare(one[0], other[0]) || one[1] - other[1]);
    body.append(...sorted.map((each) => each[2]));
  }

  table.querySelectorAll("th[data-sort]").forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(heading));
    heading.append(button);
  });
})();
