"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (text) => { document.getElementById("status").textContent = text; };

  // Tables: a click on a heading sorts; typing and facets filter; rows beyond a page of them wait for "Show more".
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const number = (text) => (text ? Number(text.replace(/[,%+]/g, "").replace("−", "-")) : NaN);
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y) || a.localeCompare(b);
    return x - y;
  };
  function sort(heading, isLargestFirst = false) {
    const table = heading.closest("table");
    const column = heading.cellIndex;
    const numeric = heading.classList.contains("num");
    const before = heading.getAttribute("aria-sort");
    const descending = isLargestFirst || (before ? before === "ascending" : numeric);
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    // Rows without a value come last in both orders.
    const keyed = [...table.tBodies[0].rows].map((row) => [row, value(row, column)]);
    keyed.sort(([, a], [, b]) => (a === "") - (b === "") || compare(a, b) * (descending ? -1 : 1));
    table.tBodies[0].append(...keyed.map(([row]) => row));
    list(table);
  }
  const words = new WeakMap();
  const textOf = (row) => {
    if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
    return words.get(row);
  };
  const inputOf = (table) => document.querySelector(`input[data-table="${table.id}"]`);
  const wantedOf = (table) => (inputOf(table) ? inputOf(table).value.trim().toLowerCase() : "");
  function fit(table) {
    const wanted = wantedOf(table);
    return [...table.tBodies[0].rows].filter((row) => textOf(row).includes(wanted) && passes(row));
  }
  function list(table, more = 0) {
    const input = inputOf(table);
    const rows = [...table.tBodies[0].rows];
    const fitting = fit(table);
    const size = Number(table.dataset.page) || rows.length;
    const shown = Math.max(size, more);
    rows.forEach((row) => { row.hidden = true; });
    fitting.slice(0, shown).forEach((row) => { row.hidden = false; });
    const count = fitting.length < rows.length || wantedOf(table) ? `${fitting.length} of ${rows.length}` : "";
    if (input) input.closest(".tools").querySelector(".hits").textContent = count;
    offerMore(table, fitting.length - shown, shown);
    return fitting;
  }
  function offerMore(table, left, shown) {
    let button = table.nextElementSibling;
    if (!button || !button.matches(".show-more")) {
      if (left <= 0) return;
      button = document.createElement("button");
      button.type = "button";
      button.className = "show-more";
      table.after(button);
    }
    const step = Math.min(left, Math.max(100, Number(table.dataset.page)));
    button.hidden = left <= 0;
    button.dataset.shown = shown + step;
    button.textContent = step < left ? `Show ${step} more of ${left}` : `Show ${left} more`;
  }
  function showMore(button) {
    const table = button.previousElementSibling;
    const next = [...table.tBodies[0].rows].filter((row) => !row.hidden).length;
    const fitting = list(table, Number(button.dataset.shown));
    const first = fitting[next].querySelector("a, button") || fitting[next].cells[0];
    if (first.matches("th")) first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }

  // Facets: flags, sites and bars. A document passes if it has one of the chosen values of each kind.
  const facets = new Map();
  for (const button of all("[data-facet]")) {
    const chips = button.dataset.chip.split("\n");
    button.dataset.facet.split(" ").forEach((id, place) => facets.set(id, chips[place]));
  }
  const chosen = new Set();
  const kindOf = (id) => facets.get(id).split(": ")[0];
  const filters = new WeakMap();
  function passes(row) {
    if (!chosen.size || !row.dataset.f) return true;
    if (!filters.has(row)) filters.set(row, new Set(row.dataset.f.split(" ")));
    const kinds = new Map();
    for (const id of chosen) kinds.set(kindOf(id), kinds.get(kindOf(id)) || filters.get(row).has(id));
    return [...kinds.values()].every(Boolean);
  }
  function choose(button) {
    const ids = button.dataset.facet.split(" ");
    const pressed = button.getAttribute("aria-pressed") === "true";
    if (button.matches(".alone") && !pressed) chosen.clear();
    ids.forEach((id) => (pressed ? chosen.delete(id) : chosen.add(id)));
    const section = document.getElementById("list");
    if (button.matches(".by-change") && !pressed) sort(section.querySelector("th.change"), true);
    const count = narrow();
    if (!pressed && !section.contains(button)) {
      section.scrollIntoView({ block: "start" });
      section.querySelector("h2").focus({ preventScroll: true });
    }
    say(`${count} documents listed`);
  }
  function narrow() {
    for (const button of all("[data-facet]")) {
      const isChosen = button.dataset.facet.split(" ").every((id) => chosen.has(id));
      button.setAttribute("aria-pressed", isChosen);
    }
    const chips = [...chosen].map((id) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.dataset.remove = id;
      chip.title = "Remove this filter";
      chip.textContent = facets.get(id);
      return chip;
    });
    document.querySelector(".chips").replaceChildren(...chips);
    document.querySelector(".clear").hidden = !chosen.size;
    return list(document.getElementById("documents")).length;
  }
  function clear(ids) {
    ids.forEach((id) => chosen.delete(id));
    say(`${narrow()} documents listed`);
    document.querySelector('input[data-table="documents"]').focus({ preventScroll: true });
  }

  // Labels: a switch hides blocks, and stretches in which all blocks are hidden.
  function toggle(button) {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", pressed);
    return pressed;
  }
  function show(page) {
    const on = new Set(all('.switch[aria-pressed="true"]', page).map((button) => button.dataset.label));
    for (const run of all(".out:not(.gone)", page)) {
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

  // Changes against an older run: from one stretch of changed blocks to the next, and a view without the others.
  const isChanged = (element) => element && element.matches(".new, .lost");
  function stepChange(page, by) {
    const starts = all(".new, .lost", page).filter((block) => !block.hidden && !isChanged(block.previousElementSibling));
    if (!starts.length) { say("No changed block is shown"); return; }
    const last = starts.findIndex((block) => block.matches(".at"));
    const place = last < 0 ? (by > 0 ? 0 : starts.length - 1) : (last + by + starts.length) % starts.length;
    all(".at", page).forEach((block) => block.classList.remove("at"));
    const block = starts[place];
    const run = block.closest(".out");
    if (run) run.open = true;
    block.classList.add("at");
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "center" });
    page.querySelector(".changes").textContent = `${place + 1} of ${starts.length}`;
  }
  function showChanges(page, only) {
    page.classList.toggle("only", only);
    all(".out:not(.same)", page).forEach((run) => { run.open = only; });
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
    for (const block of all(".kept, .out:not(.gone) li", page)) {
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
      const links = route();
      const place = links.indexOf(location.hash);
      document.querySelector(".place").textContent = place < 0 ? "" : `${place + 1} of ${links.length}`;
      scrollTo(0, 0);
      page.querySelector("h2").focus({ preventScroll: true });
    } else if (left && documents) {
      const place = fit(documents).findIndex((row) => linkOf(row) && linkOf(row).hash === `#${left}`);
      if (place >= 0) {
        const row = fit(documents)[place];
        if (row.hidden) list(documents, place + 1);
        linkOf(row).focus();
      }
    }
    left = page ? page.id : null;
  }
  const documents = document.getElementById("documents");
  const linkOf = (row) => row.querySelector("th a");
  const route = () => (documents ? fit(documents).filter(linkOf).map((row) => linkOf(row).hash) : []);
  function walk(by) {
    const links = route();
    const place = links.indexOf(location.hash);
    if (links.length) location.hash = links[(place + by + links.length) % links.length];
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const page = button.closest(".page");
    if (button.matches(".sort")) sort(button.closest("th"));
    else if (button.matches(".facet")) choose(button);
    else if (button.matches(".chip")) clear([button.dataset.remove]);
    else if (button.matches(".clear")) clear([...chosen]);
    else if (button.matches(".show-more")) showMore(button);
    else if (button.matches(".next-change")) stepChange(page, 1);
    else if (button.matches(".changes-only")) showChanges(page, toggle(button));
    else if (button.matches(".switch")) { toggle(button); show(page); }
    else if (button.matches(".unfold")) unfold(page, toggle(button));
    else if (button.matches(".reasons")) page.classList.toggle("whys", toggle(button));
    else if (button.matches(".copy")) copy(button);
    else if (button.matches(".step")) walk(Number(button.dataset.step));
  });
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (input.dataset.table) list(document.getElementById(input.dataset.table));
    else if (input.closest(".page")) find(input.closest(".page"), input.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    const page = current();
    const typing = event.target.matches("input");
    if (typing && page && event.key === "Enter") step(page, event.shiftKey ? -1 : 1, event.target.value.trim());
    else if (typing && event.key === "Escape") event.target.blur();
    else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (page && page.querySelector(".next-change") && (event.key === "n" || event.key === "p")) {
      stepChange(page, event.key === "n" ? 1 : -1);
    }
    else if (event.key === "/") {
      event.preventDefault();
      (page || document).querySelector('input[type="search"]').focus();
    } else if (event.key === "Escape" && document.querySelector(".page:target")) location.hash = "#top";
  });
  addEventListener("hashchange", arrive);
  all("table[data-page]").forEach((one) => list(one));
  all(".solo .page").forEach(offer);
  if (location.hash) arrive();
})();
