// 测算: the scoring of `scorecard.scoring` once more, in whole numbers, for a page that asks "what if".
// Weights, rules and values come from whatif-data.js; nothing is stored and nothing leaves the page.
(function () {
  "use strict";
  var W = window.WHATIF, box = document.getElementById("whatif");
  if (!W || !box || typeof BigInt !== "function") return;
  var B = BigInt, O = B(0), I = B(1), OPEN = "reweighted";

  // Fractions are [numerator, denominator], the denominator above 0; no float decides anything.
  function ten(power) { return B("1" + "0".repeat(power)); }
  function F(n, d) { return [B(n), B(d === undefined ? 1 : d)]; }
  function dec(text) {
    var parts = String(text).split("."), rest = parts[1] || "";
    return [B(parts[0] + rest), ten(rest.length)];
  }
  function add(a, b) { return [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]; }
  function neg(a) { return [-a[0], a[1]]; }
  function sub(a, b) { return add(a, neg(b)); }
  function mul(a, b) { return [a[0] * b[0], a[1] * b[1]]; }
  function div(a, b) { return b[0] < O ? [-a[0] * b[1], -a[1] * b[0]] : [a[0] * b[1], a[1] * b[0]]; }
  function cmp(a, b) { var x = a[0] * b[1] - b[0] * a[1]; return x < O ? -1 : x > O ? 1 : 0; }
  function most(a, b) { return cmp(a, b) < 0 ? b : a; }
  function down(a) { return (a[0] - ((a[0] % a[1]) + a[1]) % a[1]) / a[1]; }
  function unit(a) { return cmp(a, F(1)) > 0 ? F(1) : most(a, F(0)); }
  function round(a, decimals, even) {
    var n = (a[0] < O ? -a[0] : a[0]) * ten(decimals), whole = n / a[1], rest = (n % a[1]) * B(2);
    if (rest > a[1] || (rest === a[1] && (!even || whole % B(2) === I))) whole += I;
    return a[0] < O ? -whole : whole;
  }
  // As values are compared and ranked
  function e10(x) { return round(x, 10); }
  function sum(list) { return list.reduce((a, b) => a + b, O); }

  // The value of an item: its state and x; x is null where a category or a checklist has none.
  function valued(i, item) {
    var s = item[0], n = item[1], d = item[2], plain;
    if (s !== "o" && s !== "z") return [s, null];
    if (i.measure !== "ratio" && i.measure !== "change") {
      return [s, i.measure === "count" || i.measure === "events" ? F(n, 10000) : null];
    }
    plain = F(n, 10000);
    if (!d) return i.zero ? [s, plain] : ["n", null];
    if (i.measure === "change") n = B(n) - B(d);
    return [s, mul(dec(i.per), F(n, d))];
  }

  function rung(rule, x) {
    var best = null;
    rule.rungs.forEach(r => {
      var at = dec(r.at_least);
      if (cmp(x, at) >= 0 && (!best || cmp(at, best[0]) > 0)) best = [at, dec(r.share)];
    });
    return best ? best[1] : dec(rule.below);
  }
  function part(p, item) {
    var x = F(p.field === "numerator" ? item[1] : item[item.length - 1], 10000), points = dec(p.points);
    if (p.of !== null) return mul(points, unit(div(x, dec(p.of))));
    return cmp(x, dec(p.at_least || 0)) >= 0 ? points : F(0);
  }
  function beyond(w, per, gap) { return most(sub(w, mul(dec(per), most(gap, F(0)))), F(0)); }
  // Of the weight, by a rule that compares with the peer group
  function share(rule, x, peers) {
    var high = rule.sense === "higher", low, top, better;
    if (rule.type === "RANK") {
      better = peers.filter(p => high ? p > x : p < x).length;
      return dec(better < rule.shares.length ? rule.shares[better] : rule.rest);
    }
    low = peers.reduce((a, b) => b < a ? b : a);
    top = peers.reduce((a, b) => b > a ? b : a);
    if (rule.type === "BEST") return top > O ? unit([x, top]) : F(0);
    if (low === top) return dec(rule.equal);
    better = unit([x - low, top - low]);
    return add(dec(rule.floor), mul(sub(F(1), dec(rule.floor)), high ? better : sub(F(1), better)));
  }
  function points(i, x, item, peers) {
    var r = i.rule, w = dec(i.weight), at = x && [e10(x), ten(10)], middle;
    if (r.type === "CAT") return mul(w, dec(r.categories[item[1]]));
    if (r.type === "CHK") return r.parts.map(p => part(p, item)).reduce(add);
    if (r.type === "LIN") {
      return mul(w, unit(div(sub(x, dec(r.zero_at)), sub(dec(r.full_at), dec(r.zero_at)))));
    }
    if (r.type === "PP") {
      return beyond(w, r.per, r.sense === "below" ? sub(dec(r.target), x) : sub(x, dec(r.target)));
    }
    if (r.type === "LAD") return mul(w, rung(r, at));
    if (r.type === "DED") return r.floor ? beyond(w, r.per, x) : sub(w, mul(dec(r.per), most(x, F(0))));
    if (r.type === "RNG") {
      if (cmp(at, dec(r.high)) <= 0) return beyond(w, r.per_below, sub(dec(r.low), x));
      return r.above === "zero" ? F(0) : beyond(w, r.per_above, sub(x, dec(r.high)));
    }
    if (r.type !== "AVGDEV") return mul(w, share(r, at[0], peers));
    middle = [sum(peers), B(peers.length) * ten(10)];
    return beyond(w, r.per, r.sense === "above" ? sub(at, middle) : sub(middle, at));
  }

  var STEP = ten(2 - W.decimals), EVEN = W.mode === "half_even";
  function rounded(p) { return STEP * round(p, W.decimals, EVEN); }
  function mean(list) { return STEP * round([sum(list), B(list.length) * STEP], 0); }

  // One indicator of all units: by its rule, else by the policy of its state.
  function byRule(i, place, items, factor) {
    var found = items.map(own => valued(i, own[place])), peers = {}, given = {}, all = [];
    W.units.forEach((u, n) => {
      if (found[n][0] > "n" && found[n][1]) (peers[u.peers] = peers[u.peers] || []).push(e10(found[n][1]));
    });
    var made = W.units.map((u, n) => {
      var item = items[n][place], x = found[n][1], p, e2;
      if (found[n][0] < "o" || found[n][0] === "x") return null;
      p = mul(points(i, x, item, peers[u.peers]), factor);
      e2 = rounded(p);
      (given[u.peers] = given[u.peers] || []).push(e2);
      all.push(e2);
      return { fill: "none", x: x, points: p, e2: e2 };
    });
    return made.map((one, n) => {
      var state = found[n][0], policy = W.missing[state], list = given[W.units[n].peers] || all;
      if (one) return one;
      if (state === "x" || policy === "zero") return { fill: state, e2: O };
      if (!list.length || policy === "reweight") return { fill: OPEN, e2: -I };
      return { fill: "peer_mean", e2: mean(list) };
    });
  }

  // An item that nothing scored gets its weight's share of what the others of its dimension reached.
  function reweigh(own, weights) {
    function closed(dim) {
      return own.map((_, i) => i).filter(i => {
        return own[i].fill !== OPEN && (dim === null || W.indicators[i].dim === dim);
      });
    }
    var bearers = W.dimensions.map((_, d) => { var c = closed(d); return c.length ? c : closed(null); });
    bearers = bearers.map(list => {
      return [list.map(i => weights[i]).reduce(add, F(0)),
        sum(list.map(i => own[i].e2))];
    });
    own.forEach((item, i) => {
      var held = bearers[W.indicators[i].dim], reached = held[1] > O ? held[1] : O;
      if (item.fill !== OPEN) return;
      item.e2 = held[0][0] ? STEP * round(div(mul([reached, I], weights[i]), mul(held[0], [STEP, I])), 0) : O;
    });
  }

  function merit(i, item) {
    if (item.fill !== "none") return null;
    if (!item.x || (i.direction !== "higher" && i.direction !== "lower")) return item.points;
    return [i.direction === "higher" ? e10(item.x) : -e10(item.x), I];
  }
  function keysOf(own, result, u) {
    return W.ties.map(key => {
      if (key.kind === "deductions") return F(-u.deduct);
      if (key.kind === "before_bonus") return [result.total - B(u.bonus), I];
      if (key.kind === "dimension") return [result.dims[key.place], I];
      return key.place < 0 ? null : merit(W.indicators[key.place], own[key.place]);
    });
  }
  // Whether a ranks before b
  function above(a, b) {
    if (a.total !== b.total) return a.total > b.total;
    for (var k = 0; k < a.keys.length; k++) {
      var x = a.keys[k], y = b.keys[k], order = x && y ? cmp(x, y) : x ? 1 : y ? -1 : 0;
      if (order) return order > 0;
    }
    return false;
  }

  // A grade's places of each group come with the data; who gets none falls to the next grade.
  function grade(results) {
    W.grades.forEach((g, number) => {
      var last = number === W.grades.length - 1, reached = {};
      var mine = results.filter(
        r => r.grade === undefined && number >= r.best && (last || r.total >= B(g.at_e2))
      );
      mine.forEach(r => { reached[r.group] = 1; });
      var inside = r => {
        var through = mine.filter(o => o.group === r.group && !above(r, o)).length;
        return !g.places || through <= (g.places[r.group] || (W.minimum_one && reached[r.group] ? 1 : 0));
      };
      mine.map(r => inside(r) ? number : number + 1).forEach((level, n) => { mine[n].grade = level; });
    });
  }

  // Score everybody: `weights` of the dimensions in hundredths, `items` as in the data. Order of W.units.
  function score(weights, items) {
    var factors = W.dimensions.map((d, n) => F(weights[n], d.weight_e2));
    var scaled = W.indicators.map(i => mul(dec(i.weight), factors[i.dim]));
    var columns = W.indicators.map((i, p) => byRule(i, p, items, factors[i.dim]));
    var results = W.units.map((u, n) => {
      var own = columns.map(column => column[n]), r = { best: u.best, group: u.group };
      reweigh(own, scaled);
      r.dims = W.dimensions.map((_, d) => {
        return sum(own.filter((_, i) => W.indicators[i].dim === d).map(o => o.e2));
      });
      var room = sum(r.dims) + B(u.bonus), cut = B(u.deduct), free = room - B(W.floor_e2);
      r.total = room - (free < O ? O : cut < free ? cut : free);
      r.keys = keysOf(own, r, u);
      return r;
    });
    results.forEach(r => {
      r.rank = 1 + results.filter(o => above(o, r)).length;
    });
    grade(results);
    return results.map(r => { return { total: Number(r.total), rank: r.rank, grade: r.grade }; });
  }
  // For whoever wants to check it
  window.WHATIF_SCORE = score;

  // The page: weights of the dimensions, one value of one community, and what becomes of everybody.
  var OWN = W.units.map(u => u.items), fields = [], weights, who, what, inputs, told, cells;
  function weightsNow(read) { return W.dimensions.map((d, n) => read ? read(n) : d.weight_e2); }
  var official = score(weightsNow(), OWN);

  function make(tag, parent, text) {
    var made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    return parent.appendChild(made);
  }
  function field(parent, name, value, options, then) {
    var label = make("label", make("div", parent), name + " "), input = make(options ? "select" : "input", label);
    if (options) options.forEach((text, n) => { make("option", input, text).value = n; });
    else input.inputMode = "decimal";
    input.value = value;
    input.addEventListener("input", then || tell);
    return input;
  }
  // Whole units of the last place; null where it is no number
  function number(input, places, scale) {
    var ok = new RegExp("^\\d{1,9}(\\.\\d{1," + places + "})?$").test(input.value.trim());
    input.setAttribute("aria-invalid", String(!ok));
    return ok ? Number(round(dec(input.value.trim()), scale)) : null;
  }
  // Another community or indicator: show what it has
  function changed() {
    var i = W.indicators[what.value], item = OWN[who.value][what.value];
    inputs.textContent = "";
    fields = i.inputs.map(f => {
      var held = item[f.at];
      return field(inputs, f.name, f.names ? held || 0 : held === undefined ? "" : held / 10000, f.names);
    });
    tell();
  }
  function items() {
    var i = W.indicators[what.value], own = OWN[who.value].slice(), item = ["o"], bad = false;
    i.inputs.forEach((f, n) => {
      var value = f.names ? Number(fields[n].value) : number(fields[n], 4, 4);
      bad = bad || value === null;
      item[f.at] = value;
    });
    // Nothing reported, nothing asked
    if (fields.every(f => f.value === "")) return OWN;
    if (bad) return null;
    if (i.inputs.every(f => item[f.at] === own[what.value][f.at])) return OWN;
    own[what.value] = item;
    return OWN.map((old, n) => n === Number(who.value) ? own : old);
  }
  function two(r) { return (r.total / 100).toFixed(2); }
  function tell() {
    var now = weightsNow(n => number(weights[n], 2, 2)), held = items(), all;
    if (now.indexOf(null) >= 0 || !held) { told.textContent = "请填不小于0的数；权重最多两位小数，数值最多四位。"; return; }
    all = score(now, held);
    all.forEach((r, n) => {
      var by = official[n].rank - r.rank, from = official[n].grade;
      cells[n][0].textContent = two(r);
      cells[n][1].textContent = r.rank + (by ? (by > 0 ? "▲升" + by : "▼降" + -by) + "位" : "");
      cells[n][1].className = by > 0 ? "up" : by ? "down" : "";
      cells[n][2].textContent = W.grades[r.grade].name + (r.grade === from ? "" : r.grade < from ? "▲" : "▼");
    });
    var count = key => all.filter((r, n) => r[key] !== official[n][key]).length;
    var to = shown => `${shown(official[who.value])}→${shown(all[who.value])}`;
    told.textContent = `测算，不是考核结果：${W.units[who.value].name}总分${to(two)}，名次${to(r => r.rank)}，` +
      `等次${to(r => W.grades[r.grade].name)}。全区名次有变化的${count("rank")}个，等次有变化的${count("grade")}个。` +
      `权重合计${now.reduce((a, b) => a + b) / 100}分。`;
  }
  function row() {
    var made = make("div", box);
    made.className = "kpis find";
    return made;
  }
  var line = row(), again, head = document.querySelector("table.what");
  weights = W.dimensions.map(d => field(line, d.name, d.weight_e2 / 100));
  line = row();
  who = field(line, "社区", 0, W.units.map(u => u.name), changed);
  what = field(line, "指标", 0, W.indicators.map(i => i.name), changed);
  again = make("button", line, "恢复");
  again.type = "button";
  again.addEventListener("click", () => {
    weights.forEach((input, n) => { input.value = W.dimensions[n].weight_e2 / 100; });
    changed();
  });
  inputs = row();
  told = make("p", box);
  told.setAttribute("role", "status");
  ["总分", "名次", "等次"].forEach(text => { make("th", head.tHead.rows[0], "测算" + text).scope = "col"; });
  cells = [...head.tBodies[0].rows].map(row => [make("td", row), make("td", row), make("td", row)]);
  changed();
}());
