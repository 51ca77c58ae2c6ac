// The chosen block: what it is and why, and the buttons that say what it is instead.

/** @import { BlockInfo, Likely } from "./types.js" */

import { FIELD_LABELS, setPointing } from "./article.js";
import { download, get } from "./api.js";
import { byId, count, fill, h, percent, say, toast } from "./dom.js";
import { isOwnRule, openRule } from "./rules.js";
import { changed, isBody, labelInfo, mark, on, pageMarks, state, wording, work } from "./store.js";

/** @type {() => void} */
let openLabels = () => {};

/** @param {() => void} labels opens the list of labels */
export function showInspector(labels) {
  openLabels = labels;
  on(["choice"], takePointed);
  on(["page", "choice", "work", "rules", "evidence"], drawBlock);
  on(["page", "choice"], drawQuick);
}

/** On a narrow screen the chosen block is in another part: the two buttons float over its page. */
function drawQuick() {
  const box = byId("quick");
  if (!state.chosen.size) return fill(box);
  fill(box, h("button", { type: "button", onclick: () => apply("paragraph") }, "Is text"), h("button", { type: "button", onclick: () => openLabels() }, "Is something else…"));
}

function drawBlock() {
  const page = state.page;
  const box = byId("block");
  if (!page?.blocks) return fill(box);
  const chosen = [...state.chosen].sort((a, b) => a - b).filter((at) => page.blocks[at]);
  if (!chosen.length) {
    return fill(
      box,
      h("h2", {}, "Point at a block"),
      h("p.note", {}, "Click a block in the page or in the list, or drag over several. Then say what it is: the studio proposes rules and shows what each would do to every page of the site."),
    );
  }
  const at = state.chosen.has(state.focus) ? state.focus : chosen[0];
  fill(
    box,
    h("h2", {}, chosen.length === 1 ? `Block ${at + 1}` : count(chosen.length, "block")),
    drawButtons(chosen),
    chosen.length === 1 ? [drawReason(page.blocks[at], pageMarks()[at]), drawEvidence(at)] : null,
    drawMarks(),
  );
}

/** The block that was chosen while a field was pointed at shows that field. */
function takePointed() {
  const field = state.pointing;
  if (!field || !state.chosen.size) return;
  setPointing(null);
  state.wanted = field;
  apply(FIELD_LABELS[field]);
}

/** @param {BlockInfo} block @param {string | undefined} marked */
function drawReason(block, marked) {
  /** @type {[string, Node | string | null | undefined][]} */
  const rows = [
    ["marked", marked && h(`b.l-${marked}`, {}, wording(marked))],
    ["is", h("span", {}, h(`b.l-${block.label}`, {}, wording(block.label)), block.keep ? ", kept" : ", dropped")],
    ["because", block.why],
    ["decided by", h("span", {}, block.judge?.replaceAll("_", " "), block.rule && [" · ", drawRule(block.rule)])],
    ["text", block.score === undefined ? null : h("span", {}, h("meter", { min: 0, max: 1, value: block.score }), ` ${percent(block.score)} likely`)],
    ["form", [block.role.replaceAll("_", " "), block.links > 0.01 ? `${percent(block.links)} in links` : "", block.hidden ? "hidden by the page" : ""].filter(Boolean).join(", ")],
    ["where", block.line === undefined ? h("code", {}, shorten(block.path ?? "")) : `line ${block.line}`],
  ];
  return h("dl.reason", {}, ...rows.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** @param {string} rule */
function drawRule(rule) {
  return isOwnRule(rule) ? h("button.link", { type: "button", title: "Look at this entry", onclick: () => openRule(rule) }, rule) : rule;
}

/** What the classifier saw in the block: asked for once a page, when the person opens it. @param {number} at */
function drawEvidence(at) {
  const page = state.page;
  const digest = state.studio?.rules_digest ?? "";
  const known = state.evidence?.page === page?.number && state.evidence?.digest === digest ? state.evidence?.blocks[at] : null;
  /** @param {string} name @param {Likely} likely @param {string} title */
  const row = (name, likely, title) => h("div", { title }, h("dt", {}, name), h("dd", {}, ...likely.map(([label, share]) => h("span.share", {}, h(`b.l-${label}`, {}, label === "body" ? "text" : wording(label)), ` ${percent(share)}`))));
  return h(
    "details.evidence",
    { open: evidenceOpen, ontoggle: (/** @type {Event} */ event) => { evidenceOpen = /** @type {HTMLDetailsElement} */ (event.target).open; if (evidenceOpen && !known) askEvidence(); } },
    h("summary", {}, "What the classifier saw"),
    known
      ? h("dl.reason", {}, row("all in all", known.all, "words, names of elements, form, and the blocks around it"), row("by names", known.names, "its words, and the names of the elements around it"), row("by words", known.words, "its words alone"))
      : h("p.note", { role: "status" }, evidenceOpen ? "Asking the classifier…" : ""),
  );
}

let evidenceOpen = false;
let askingFor = "";

async function askEvidence() {
  const number = state.page?.number ?? -1;
  const digest = state.studio?.rules_digest ?? "";
  const key = `${number} ${digest}`;
  if (askingFor === key) return;
  askingFor = key;
  try {
    const blocks = await get(`/api/pages/${number}/evidence`);
    state.evidence = { page: number, digest, blocks };
    changed("evidence");
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), { bad: true });
  }
  askingFor = "";
}

/** @param {string} path */
function shorten(path) {
  const steps = path.split("/");
  return (steps.length > 4 ? ["…", ...steps.slice(-4)] : steps).join(" / ");
}

/** @param {number[]} chosen */
function drawButtons(chosen) {
  const marks = pageMarks();
  const marked = chosen.filter((at) => marks[at]);
  const isText = chosen.every((at) => (marks[at] ? isBody(marks[at]) : state.page?.blocks[at]?.keep));
  return h(
    "div.actions",
    {},
    h(isText ? "button" : "button.strong", { type: "button", onclick: () => apply("paragraph") }, "Is text ", h("kbd", {}, "B")),
    h(isText ? "button.strong" : "button", { type: "button", onclick: () => openLabels(), "aria-haspopup": "dialog" }, "Is something else… ", h("kbd", {}, "L")),
    marked.length > 0 && h("button.quiet", { type: "button", onclick: () => apply(null) }, "Unmark ", h("kbd", {}, "U")),
  );
}

/** Mark the chosen blocks. @param {string | null} label */
export function apply(label) {
  if (!state.chosen.size) return toast("Choose a block first.");
  const blocks = [...state.chosen];
  const roles = new Map(blocks.map((at) => [at, state.page?.blocks[at]?.role ?? "paragraph"]));
  if (label === "paragraph") {
    // the label of the article's text follows from the form of the block
    const byRole = new Map();
    for (const [at, role] of roles) {
      const name = ["heading", "list_item", "quote", "table", "code"].includes(role) ? role : "paragraph";
      byRole.set(name, [...(byRole.get(name) ?? []), at]);
    }
    if (byRole.size === 1) mark(blocks, [...byRole.keys()][0]);
    else mark(blocks, "paragraph");
  } else mark(blocks, label);
  say(label === null ? "Mark taken away." : `${count(blocks.length, "block")} marked as ${label === "paragraph" ? "text" : wording(label)}.`);
}

function drawMarks() {
  const all = Object.entries(work().marks);
  const total = all.reduce((sum, [, marks]) => sum + Object.keys(marks).length, 0);
  if (!total) return null;
  const own = Object.entries(pageMarks());
  return h(
    "details.marks",
    { open: own.length <= 6 },
    h("summary", {}, `${count(total, "mark")} on ${count(all.length, "page")}`),
    h("ul", {}, ...own.map(([at, label]) => h("li", {}, h(`b.l-${label}`, { title: labelInfo(label).meaning }, isBody(label) ? "text" : wording(label)), " ", h("span", { dir: "auto" }, state.page?.blocks[Number(at)]?.text.slice(0, 70) ?? "")))),
    own.length > 0 && h("button.quiet", { type: "button", onclick: exportLabels }, "Export this page as a labelled page"),
  );
}

async function exportLabels() {
  const page = state.page;
  if (!page) return;
  try {
    const blob = await download("/api/labelled", { page: page.number, marks: work().marks });
    const link = /** @type {HTMLAnchorElement} */ (h("a", { href: URL.createObjectURL(blob), download: `${page.id.replaceAll(/[^\w.-]+/g, "-")}.labelled.jsonl` }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  } catch (error) {
    toast(String(error), { bad: true });
  }
}
