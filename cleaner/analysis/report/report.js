"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (text) => { document.getElementById("status").textContent = text; };

  // Tables: a click on a heading sorts, typing filters.
  const value = (row, column) => row.cells[column].textContent.trim();
  const number = (text) => (text ? Number(text.replace(/[,%+]/g, "").replace("−", "-")) : NaN);
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y) || a.localeCompare(b);
    return x - y;
  };
  function sort(heading) {
    const table = heading.closest("table");
    const column = heading.cellIndex;
    const numeric = heading.classList.contains("num");
    const before = heading.getAttribute("aria-sort");
    const descending = before ? before === "ascending" : numeric;
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    // Rows without a value come last in both orders.
    const empty = (row) => value(row, column) === "";
    rows.sort((a, b) => empty(a) - empty(b) || compare(value(a, column), value(b, column)) * (descending ? -1 : 1));
    table.tBodies[0].append(...rows);
  }
  function filter(input) {
    const wanted = input.value.trim().toLowerCase();
    const rows = [...document.getElementById(input.dataset.table).tBodies[0].rows];
    rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    const shown = rows.filter((row) => !row.hidden).length;
    input.closest(".tools").querySelector("output").textContent = wanted ? `${shown} of ${rows.length}` : "";
  }

  // Labels: a switch hides blocks, and stretches in which all blocks are hidden.
  function toggle(button) {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", pressed);
    return pressed;
  }
  function show(page) {
    const on = new Set(all('.switch[aria-pressed="true"]', page).map((button) => button.dataset.label));
    for (const run of all(".out", page)) {
      const blocks = all("li", run);
      blocks.forEach((block) => { block.hidden = !on.has(block.querySelector(".tag").textContent); });
      run.hidden = blocks.every((block) => block.hidden);
    }
  }
  function unfold(page, open) {
    all(".out", page).forEach((run) => { run.open = open; });
  }

  // Search: every match is marked; Enter moves to the next one and unfolds the stretch around it.
  const marks = window.CSS && CSS.highlights;
  const FOUND = ".text, .out .why, .whys .why";
  let hits = [];
  let here = -1;
  function find(page, wanted) {
    hits = [];
    here = -1;
    const lower = wanted.toLowerCase();
    const nodes = document.createTreeWalker(page.querySelector(".blocks"), NodeFilter.SHOW_TEXT);
    while (lower && nodes.nextNode()) {
      const node = nodes.currentNode;
      if (!node.parentElement.closest(FOUND) || node.parentElement.closest("[hidden]")) continue;
      const text = node.data.toLowerCase();
      for (let at = text.indexOf(lower); at >= 0; at = text.indexOf(lower, at + lower.length)) {
        const range = new Range();
        range.setStart(node, Math.min(at, node.length));
        range.setEnd(node, Math.min(at + lower.length, node.length));
        hits.push(range);
      }
    }
    if (marks) marks.set("found", new Highlight(...hits));
    if (marks) marks.delete("here");
    report(page, wanted);
  }
  function report(page, wanted) {
    const place = here < 0 ? hits.length : `${here + 1} of ${hits.length}`;
    page.querySelector(".hits").textContent = wanted ? place : "";
  }
  function step(page, by, wanted) {
    if (!hits.length) return;
    here = (here + by + hits.length) % hits.length;
    const element = hits[here].startContainer.parentElement;
    const run = element.closest(".out");
    if (run) run.open = true;
    if (marks) marks.set("here", new Highlight(hits[here]));
    element.scrollIntoView({ block: "center" });
    report(page, wanted);
  }

  // A rule entry for a block: the whole text of a short one, the start of a long one.
  const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f");
  function entry(block, kind) {
    const shown = block.querySelector(".text");
    const raw = shown.dataset.exact ? JSON.parse(shown.dataset.exact) : shown.textContent;
    const text = raw.trim().replace(/\s+/g, " ");
    const short = text.length <= 100;
    const start = short ? text : text.slice(0, 80).replace(/\s+\S*$/, "");
    const lines = [`[[${kind}]]`, `${short ? "line" : "starts"} = ${quoted(start)}`];
    if (kind === "drop") lines.splice(1, 0, 'label = "other"');
    lines.push(`why = "${kind === "drop" ? "not part of the article" : "part of the article"}"`);
    return lines.join("\n") + "\n";
  }
  function offer(page) {
    if (page.querySelector(".copy")) return;
    for (const block of all(".kept, .out li", page)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.dataset.entry = block.matches("li") ? "keep" : "drop";
      button.textContent = `copy [[${button.dataset.entry}]]`;
      block.append(button);
    }
  }
  async function copy(button) {
    const block = button.closest("li, .kept");
    const text = entry(block, button.dataset.entry);
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = "copied";
    say(`Copied: ${text}`);
    setTimeout(() => { button.textContent = label; }, 1500);
  }

  // Pages of a report open by their address; the focus moves to the headline.
  const title = document.title;
  const current = () => document.querySelector(".page:target") || document.querySelector(".solo .page");
  let left = null;
  function arrive() {
    const page = document.querySelector(".page:target");
    document.title = page ? `${page.querySelector("h2").textContent} · ${title}` : title;
    if (page) {
      offer(page);
      scrollTo(0, 0);
      page.querySelector("h2").focus({ preventScroll: true });
    } else if (left) {
      const link = document.querySelector(`a[href="#${left}"]`);
      if (link) link.focus();
    }
    left = page ? page.id : null;
  }
  function walk(by) {
    const rows = all("#documents tbody tr:not([hidden]) th a").map((link) => link.hash);
    const place = rows.indexOf(location.hash);
    if (rows.length) location.hash = rows[(place + by + rows.length) % rows.length];
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const page = button.closest(".page");
    if (button.matches(".sort")) sort(button.closest("th"));
    else if (button.matches(".switch")) { toggle(button); show(page); }
    else if (button.matches(".unfold")) unfold(page, toggle(button));
    else if (button.matches(".reasons")) page.classList.toggle("whys", toggle(button));
    else if (button.matches(".copy")) copy(button);
    else if (button.matches(".step")) walk(Number(button.dataset.step));
  });
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (input.dataset.table) filter(input);
    else if (input.closest(".page")) find(input.closest(".page"), input.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    const page = current();
    const typing = event.target.matches("input");
    if (typing && page && event.key === "Enter") step(page, event.shiftKey ? -1 : 1, event.target.value.trim());
    else if (typing && event.key === "Escape") event.target.blur();
    else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "/") {
      event.preventDefault();
      (page || document).querySelector('input[type="search"]').focus();
    } else if (event.key === "Escape" && document.querySelector(".page:target")) location.hash = "#top";
  });
  addEventListener("hashchange", arrive);
  all(".solo .page").forEach(offer);
  if (location.hash) arrive();
})();
