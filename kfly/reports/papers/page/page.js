// What the page does once it is shown: it sorts and filters the tasks, and shows one target a screen.
//
// Without it the page tells all the same; what only it can do is hidden until it runs. It knows no server,
// stores nothing and asks nobody. Words come from the page, as attributes, so that it needs no language.
//
// - A heading with data-sort becomes a button. Rows are sorted by data-key of the cell, or by its text.
// - A choice in the form leaves the rows whose data-… holds it as one of its words; choices add up.
// - “?slide”, “?slide=3” or the key S begins the slides; arrows, blank, Page Up and Down move, Escape ends.
"use strict";

(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

  const table = find("#task-table");
  const rows = findAll("tbody tr", table);

  function sortBy(heading) {
    const column = heading.cellIndex;
    const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    const sign = direction === "ascending" ? 1 : -1;
    const keyOf = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
    const compare = new Intl.Collator(document.documentElement.lang).compare;
    findAll("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction);
    const sorted = rows.map((row, place) => [keyOf(row), place, row]);
    sorted.sort((one, other) => sign * compare(one[0], other[0]) || one[1] - other[1]);
    find("tbody", table).append(...sorted.map((each) => each[2]));
  }

  function makeSortable(heading) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(heading));
    heading.append(button);
  }

  const form = find("#filters");

  function filter() {
    const asked = [...new FormData(form)].filter(([, value]) => value);
    const keeps = (row) => asked.every(([name, value]) => row.dataset[name].split(" ").includes(value));
    rows.forEach((row) => { row.hidden = !keeps(row); });
    const left = rows.filter((row) => !row.hidden).length;
    const shown = find("#shown");
    shown.textContent = shown.dataset.told.replace("{shown}", left).replace("{all}", rows.length);
    find("#none-shown").hidden = left > 0;
  }

  const slides = findAll(".slide");
  const remote = find("#remote");
  let place = 0;

  const presents = () => document.documentElement.classList.contains("slides");

  function show(number) {
    place = Math.min(Math.max(number, 0), slides.length - 1);
    slides.forEach((slide, each) => slide.classList.toggle("on", each === place));
    find("#slide-number").textContent = `${place + 1} / ${slides.length}`;
  }

  function present(on) {
    document.documentElement.classList.toggle("slides", on);
    remote.hidden = !on;
    if (on) show(place);
    else slides.forEach((slide) => slide.classList.remove("on"));
  }

  const moves = {
    ArrowRight: () => place + 1, ArrowDown: () => place + 1, PageDown: () => place + 1, " ": () => place + 1,
    ArrowLeft: () => place - 1, ArrowUp: () => place - 1, PageUp: () => place - 1,
    Home: () => 0, End: () => slides.length - 1,
  };

  document.addEventListener("keydown", (event) => {
    const elsewhere = event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select, button");
    if (event.key === "Escape" && presents()) present(false);
    else if (elsewhere && !(presents() && event.key.startsWith("Arrow"))) return;
    else if (event.key.toLowerCase() === "s" && !presents()) present(true);
    else if (presents() && moves[event.key]) show(moves[event.key]());
    else return;
    event.preventDefault();
  });

  findAll("th[data-sort]", table).forEach(makeSortable);
  form.hidden = rows.length === 0;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();

  find("#present").hidden = false;
  find("#present").addEventListener("click", () => present(true));
  findAll("button", remote).forEach((button) => button.addEventListener("click", () => {
    const by = Number(button.dataset.move);
    if (by) show(place + by);
    else present(false);
  }));
  const asked = new URLSearchParams(location.search).get("slide");
  if (asked !== null) {
    place = Math.max(Number.parseInt(asked, 10) || 1, 1) - 1;
    present(true);
  }
})();
