// Find any page by its name or by pinyin initials. The index is loaded when somebody wants to search.
(function () {
  "use strict";
  var MOST = 12, root = document.documentElement.getAttribute("data-root");
  var box = document.createElement("div"), input, list;
  box.className = "search find";
  box.setAttribute("role", "search");
  box.innerHTML = '<input type="search" autocomplete="off" aria-label="查找社区、街道、指标、页面" placeholder="名称或拼音首字母"><ul></ul>';
  document.querySelector("nav").before(box);
  input = box.firstChild;
  list = box.lastChild;

  // Each character of a name has the letters that it may begin with: 长 is c or z.
  function spelt(letters, wanted) {
    for (var start = 0; start + wanted.length <= letters.length; start++) {
      for (var n = 0; n < wanted.length && letters[start + n].indexOf(wanted[n]) >= 0;) n++;
      if (n === wanted.length) return true;
    }
    return false;
  }

  function show() {
    var wanted = input.value.trim().toLowerCase();
    list.textContent = "";
    if (!wanted || !window.SEARCH) return;
    window.SEARCH.filter(function (entry) {
      return entry[1].toLowerCase().indexOf(wanted) >= 0 || spelt(entry[3].split(" "), wanted);
    }).slice(0, MOST).forEach(function (entry) {
      var item = list.appendChild(document.createElement("li")), link = document.createElement("a");
      link.href = root + entry[0];
      link.textContent = entry[1] + (entry[2] ? "（" + entry[2] + "）" : "");
      item.appendChild(link);
    });
    if (!list.firstChild) list.appendChild(document.createElement("li")).textContent = "没有找到";
  }

  function load() {
    input.removeEventListener("focus", load);
    var script = document.createElement("script");
    script.src = root + "assets/search-index.js";
    script.onload = show;
    document.head.appendChild(script);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", show);
  box.addEventListener("keydown", function (event) {
    var links = Array.prototype.slice.call(list.querySelectorAll("a")), at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { input.value = ""; show(); input.focus(); }
    if (event.key === "Enter" && at < 0 && links[0]) links[0].click();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    (links[event.key === "ArrowDown" ? Math.min(at + 1, links.length - 1) : at - 1] || input).focus();
  });
})();
