"""The little program of an exported page: a card under the pointer, tables that sort, scales and scenarios to choose.

Without it the page shows the same numbers: every scenario one below the other, what marks say as plain tips, and
sources open, which stay folded here until they are asked for or printed.
"""

import base64
import hashlib

SCRIPT = """
"use strict";
(() => {
const all = (root, query) => Array.from(root.querySelectorAll(query));

const card = document.body.appendChild(document.createElement("div"));
card.id = "card";
card.hidden = true;
const tips = new Map();
for (const title of all(document, "svg title")) {
  tips.set(title.parentNode, title.textContent.split("\\n"));
  title.remove();
}
const tipAt = node => {
  for (let each = node; each; each = each.parentNode) if (tips.has(each)) return tips.get(each);
  return null;
};
const say = event => {
  const lines = tipAt(event.target);
  card.hidden = !lines;
  if (!lines) return;
  card.replaceChildren(...lines.map((line, place) => {
    const part = document.createElement(place ? "div" : "b");
    part.textContent = line;
    return part;
  }));
  const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - card.offsetWidth - 8);
  const under = event.clientY + 18, over = event.clientY - card.offsetHeight - 12;
  card.style.left = Math.max(left, 8) + "px";
  card.style.top = (under + card.offsetHeight > innerHeight ? Math.max(over, 8) : under) + "px";
};
document.addEventListener("pointermove", say);
document.addEventListener("pointerdown", say);
document.addEventListener("pointerleave", () => { card.hidden = true; });
document.addEventListener("scroll", () => { card.hidden = true; }, true);
document.addEventListener("keydown", event => { if (event.key === "Escape") card.hidden = true; });

const ranked = (column, down) => (one, other) => {
  const [a, b] = [one, other].map(row => row.cells[column]);
  const [x, y] = [a, b].map(cell => "value" in cell.dataset ? Number(cell.dataset.value) : null);
  if (x !== null && y !== null) return down ? y - x : x - y;
  if (x !== null || y !== null) return x !== null ? -1 : 1;
  const [s, t] = [a, b].map(cell => cell.textContent.trim());
  if (!s || !t) return s ? -1 : t ? 1 : 0;
  return (down ? -1 : 1) * s.localeCompare(t, document.documentElement.lang, {numeric: true});
};
const next = {none: "ascending", ascending: "descending", descending: "none"};
for (const table of all(document, "table")) {
  const body = table.tBodies[0], listed = Array.from(body.rows), heads = all(table, "thead th");
  heads.forEach((head, column) => {
    const sort = () => {
      const order = next[head.getAttribute("aria-sort")];
      for (const each of heads) each.setAttribute("aria-sort", each === head ? order : "none");
      const rows = order === "none" ? listed : listed.slice().sort(ranked(column, order === "descending"));
      body.append(...rows);
    };
    head.tabIndex = 0;
    head.setAttribute("aria-sort", "none");
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort();
    });
  });
}

const fold = open => { for (const sources of all(document, "details.sources")) sources.open = open; };
fold(false);
addEventListener("beforeprint", () => fold(true));
addEventListener("afterprint", () => fold(false));

const choices = all(document, ".scenarios button");
const choose = name => {
  for (const section of all(document, "section")) {
    const ways = all(section, ".way");
    const wanted = ways.find(way => way.dataset.scenario === name) || ways[0];
    for (const way of ways) way.hidden = way !== wanted;
  }
  for (const button of choices) button.setAttribute("aria-pressed", String(button.dataset.scenario === name));
  told();
};
const shownWay = section => all(section, ".way").find(way => !way.hidden);
const shownChart = section => shownWay(section).querySelector(".chart:not([hidden])");
const told = () => {
  for (const button of all(document, "button.scale")) {
    button.setAttribute("aria-pressed", String(shownChart(button.closest("section")).dataset.scale === "log"));
  }
};
for (const button of choices) {
  button.addEventListener("click", () => {
    const section = button.closest("section");
    choose(button.dataset.scenario);
    shownWay(section).querySelector('.scenarios [aria-pressed="true"]').focus();
  });
}
for (const button of all(document, "button.scale")) {
  button.addEventListener("click", () => {
    const section = button.closest("section");
    const scale = shownChart(section).dataset.scale === "log" ? "linear" : "log";
    for (const chart of all(section, ".chart")) chart.hidden = chart.dataset.scale !== scale;
    told();
  });
}
for (const row of all(document, ".switches")) row.hidden = false;
choose(choices.length ? choices[0].dataset.scenario : "");
})();
""".strip()

#: What the policy of the page lets run: this text, and no other.
SCRIPT_HASH = "sha256-" + base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
