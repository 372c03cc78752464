// Sorting and finding in tables that are complete without this script. Classic script: works from a disk.
(function () {
  "use strict";

  // The last row of a head holds the columns; one above it is for paper only.
  function columns(table) {
    return table.tHead.rows[table.tHead.rows.length - 1].cells;
  }

  function cellValue(row, index, numeric) {
    var cell = row.cells[index];
    var text = cell.getAttribute("data-v") || cell.textContent;
    if (!numeric) return text;
    var found = text.replace(/−/g, "-").replace(/,/g, "").match(/-?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : null;
  }

  function compare(a, b, numeric) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1; // no value: always last
    return numeric ? a - b : a.localeCompare(b, "zh-CN");
  }

  function sortBy(table, header, index) {
    var numeric = header.getAttribute("data-sort") === "number";
    var up = header.getAttribute("aria-sort") !== "ascending";
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row, at) {
      return { row: row, at: at, value: cellValue(row, index, numeric) };
    });
    rows.sort(function (a, b) {
      var order = compare(a.value, b.value, numeric);
      if (a.value !== null && b.value !== null && !up) order = -order;
      return order || a.at - b.at;
    });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
    Array.prototype.forEach.call(columns(table), function (cell) { cell.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
  }

  function makeSortable(table) {
    Array.prototype.forEach.call(columns(table), function (header, index) {
      if (!header.getAttribute("data-sort")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      header.textContent = "";
      header.appendChild(button);
      button.addEventListener("click", function () { sortBy(table, header, index); });
    });
  }

  function makeFinder(table) {
    var body = table.tBodies[0], total = body.rows.length;
    if (total < 10) return;
    var box = document.createElement("p");
    box.className = "find";
    box.innerHTML = '<label>按名称查找 <input type="search" autocomplete="off"></label> <output role="status"></output>';
    table.parentNode.parentNode.insertBefore(box, table.parentNode);
    var input = box.querySelector("input"), output = box.querySelector("output");
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase(), shown = 0;
      Array.prototype.forEach.call(body.rows, function (row) {
        var hit = row.textContent.toLowerCase().indexOf(wanted) >= 0;
        row.hidden = !hit;
        shown += hit ? 1 : 0;
      });
      output.textContent = wanted ? "找到" + shown + "个，共" + total + "个" : "";
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("table[data-sortable]"), function (table) {
    makeSortable(table);
    makeFinder(table);
  });
  // A closed <details> prints closed: open them for the printer.
  window.addEventListener("beforeprint", function () {
    Array.prototype.forEach.call(document.querySelectorAll("details"), function (d) { d.open = true; });
  });
})();
