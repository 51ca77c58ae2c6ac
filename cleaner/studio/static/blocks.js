// The blocks of the page as a list of options: kept and dropped in the order of the page, long dropped runs folded.

/** @import { BlockInfo } from "./types.js" */

import { byId, count, fill, h, percent } from "./dom.js";
import { hover, reveal } from "./frame.js";
import { choose, isBody, on, pageMarks, shownHits, state, wording } from "./store.js";

const MIN_FOLDED = 7;
/** @type {Set<number>} first blocks of the runs that are open */
let unfolded = new Set();
let pageShown = -1;

/** @param {(at: {x: number, y: number} | null) => void} menu opens the labels at a place */
export function showBlocks(menu) {
  on(["page", "work", "shown", "pointing"], drawBlocks);
  on(["studio"], () => { if (!state.page?.blocks) drawBlocks(); });
  on(["choice"], drawChoice);
  const box = byId("blocks");
  let dragging = false;
  box.addEventListener("pointerdown", (event) => {
    const block = blockOf(event.target);
    if (block === null || event.button !== 0) return;
    dragging = event.pointerType === "mouse";
    choose(block, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
    reveal();
    if (event.shiftKey) event.preventDefault();
  });
  box.addEventListener("pointermove", (event) => {
    const block = blockOf(event.target);
    hover(block);
    if (dragging && event.buttons & 1 && block !== null && block !== state.focus) {
      choose(block, { extend: true });
      getSelection()?.removeAllRanges();
    }
  });
  window.addEventListener("pointerup", () => { dragging = false; });
  box.addEventListener("pointerleave", () => hover(null));
  box.addEventListener("contextmenu", (event) => {
    const block = blockOf(event.target);
    if (block === null) return;
    event.preventDefault();
    if (!state.chosen.has(block)) choose(block);
    menu({ x: event.clientX, y: event.clientY });
  });
}

/** @param {EventTarget | null} target @returns {number | null} */
function blockOf(target) {
  const row = target instanceof Element ? target.closest("[role=option]") : null;
  return row ? Number(row.id.slice(1)) : null;
}

/** @typedef {{from: number, to: number, folded: boolean}} Run */

/** @param {BlockInfo[]} blocks @returns {Run[]} */
function listRuns(blocks) {
  const marks = pageMarks();
  const hits = shownHits();
  const open = (/** @type {number} */ at) => blocks[at].keep || marks[at] || state.chosen.has(at) || (hits.get(at) ?? "same") !== "same";
  /** @type {Run[]} */
  const runs = [];
  for (let at = 0; at < blocks.length; ) {
    let end = at;
    if (open(at)) end = at + 1;
    else while (end < blocks.length && !open(end)) end += 1;
    const isUnfolded = [...unfolded].some((from) => from >= at && from < end);
    runs.push({ from: at, to: end, folded: !state.pointing && !open(at) && end - at >= MIN_FOLDED && !isUnfolded });
    at = end;
  }
  return runs;
}

function drawBlocks() {
  const page = state.page;
  const box = byId("blocks");
  if (!page?.blocks) {
    fill(box, h("p.empty", {}, drawEmpty()));
    return;
  }
  const scrolled = page.number === pageShown ? box.scrollTop : 0;
  if (page.number !== pageShown) unfolded = new Set();
  pageShown = page.number;
  const kept = page.blocks.filter((block) => block.keep).length;
  fill(
    box,
    h("header.head", {}, h("h2", { dir: "auto" }, page.title), h("p", {}, `${count(page.blocks.length, "block")}, ${kept} kept · ${percent(page.kept_share ?? 0)} of the text`)),
    h(
      "div.list",
      { role: "listbox", tabindex: 0, id: "list", "aria-label": "Blocks", "aria-multiselectable": "true", "aria-activedescendant": `b${state.focus}` },
      ...listRuns(page.blocks).flatMap((run) => (run.folded ? [drawFold(run)] : drawRun(run))),
    ),
  );
  box.scrollTop = scrolled;
}

/** Why no page is shown, and what to do. */
function drawEmpty() {
  const studio = state.studio;
  if (!studio || studio.reading) return "Reading pages…";
  if (studio.pages.some((page) => page.state === "cleaned")) return "Choose a page.";
  if (studio.pages.some((page) => page.state === "waiting")) return "Cleaning the first pages…";
  if (studio.pages.length || studio.failures.length) return "No page could be cleaned; the list at the left says why.";
  return studio.notice || "There are no pages in what was named. Start the studio with files, folders, JSON lines or WARC.";
}

/** @param {Run} run */
function drawRun(run) {
  return Array.from({ length: run.to - run.from }, (_, place) => drawBlock(run.from + place));
}

/** @param {Run} run */
function drawFold(run) {
  const blocks = state.page?.blocks.slice(run.from, run.to) ?? [];
  const totals = new Map();
  for (const block of blocks) totals.set(block.label, (totals.get(block.label) ?? 0) + 1);
  const longest = blocks.reduce((best, block) => (block.text.length > best.text.length ? block : best), blocks[0]);
  return h(
    "button.fold",
    { type: "button", tabindex: -1, onclick: () => { unfolded.add(run.from); drawBlocks(); } },
    h("span.what", {}, ...[...totals].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([label, total]) => h(`span.l-${label}`, {}, `${total} ${wording(label)} `))),
    h("span.longest", { dir: "auto" }, longest.text),
  );
}

/** @param {number} at */
function drawBlock(at) {
  const block = /** @type {BlockInfo} */ (state.page?.blocks[at]);
  const marked = pageMarks()[at];
  const effect = shownHits().get(at);
  const label = marked ?? block.label;
  const keeps = marked ? isBody(marked) : block.keep;
  return h(
    `div.block.l-${label}.${keeps ? "keep" : "drop"}.r-${block.role}`,
    {
      id: `b${at}`,
      role: "option",
      "aria-selected": state.chosen.has(at),
      "data-mark": marked ? true : null,
      "data-effect": effect && effect !== "same" ? effect : null,
    },
    h("span.label", {}, marked && h("span.unseen", {}, "marked as "), wording(label), block.hidden && h("small", {}, "hidden")),
    h("span.text", { dir: "auto" }, block.text),
    effect && effect !== "same" && h("span.effect", {}, EFFECTS[effect]),
  );
}

/** @type {Record<string, string>} */
export const EFFECTS = { wrong: "against a mark", doubtful: "doubtful", changed: "changes", same: "as now" };

/** @param {string} effect @param {number} total */
export const countEffect = (effect, total) => `${total} ${effect === "changed" && total === 1 ? "change" : EFFECTS[effect]}`;

function drawChoice() {
  const page = state.page;
  if (!page?.blocks) return;
  if (!document.getElementById(`b${state.focus}`)) drawBlocks();
  for (const row of byId("blocks").querySelectorAll("[role=option]")) {
    row.setAttribute("aria-selected", String(state.chosen.has(Number(row.id.slice(1)))));
    row.classList.toggle("focus", row.id === `b${state.focus}`);
  }
  document.getElementById("list")?.setAttribute("aria-activedescendant", `b${state.focus}`);
  document.getElementById(`b${state.focus}`)?.scrollIntoView({ block: "nearest" });
}
