// Proposals for the marks, each with its hits on all pages of the site, and the draft that is made of them.

/** @import { Change, Hit, Proposal } from "./types.js" */

import { ServerError, post } from "./api.js";
import { showValue } from "./article.js";
import { EFFECTS, countEffect } from "./blocks.js";
import { byId, count, fill, h, say, toast } from "./dom.js";
import { changed, on, setWork, site, state, work, wording } from "./store.js";

const ORDER = /** @type {const} */ (["wrong", "doubtful", "changed", "same"]);
/** @type {(number: number, block: number) => void} */
let goTo = () => {};
/** @type {() => void} */
let openReview = () => {};
/** @type {AbortController | null} */
let asking = null;
let timer = 0;
let askedFor = "";

/** @param {(number: number, block: number) => void} go @param {() => void} review */
export function showProposals(go, review) {
  goTo = go;
  openReview = review;
  on(["work", "page", "studio"], ask);
  on(["proposals", "shown", "page", "work"], drawProposals);
  on(["work", "studio", "page"], drawDraft);
}

function ask() {
  const cleaned = state.studio?.pages.filter((page) => page.site === site() && page.state === "cleaned").length;
  const key = JSON.stringify([site(), work().marks, cleaned, state.studio?.rules_digest]);
  if (key === askedFor) return;
  askedFor = key;
  clearTimeout(timer);
  asking?.abort();
  if (!Object.keys(work().marks).length) {
    state.proposals = [];
    show(null);
    changed("proposals");
    return;
  }
  timer = window.setTimeout(propose, 90);
}

/** Ask for proposals; the one that is looked at stays in sight if it is proposed again. */
async function propose() {
  const before = JSON.stringify(state.shown?.change);
  asking = new AbortController();
  state.proposing = true;
  changed("proposals");
  try {
    const answer = await post("/api/proposals", { site: site(), marks: work().marks }, asking.signal);
    state.proposals = answer.proposals;
    state.sitePages = answer.pages;
    say(`${count(state.proposals.length, "proposal")}.`);
  } catch (error) {
    if (error instanceof DOMException) return;
    state.proposals = [];
    toast(error instanceof Error ? error.message : String(error), { bad: true });
  }
  state.proposing = false;
  show(state.proposals.find((one) => JSON.stringify(one.change) === before) ?? state.proposals[0] ?? null);
}

/** @param {Proposal | null} proposal */
export function show(proposal) {
  state.shown = proposal;
  changed("shown");
}

function drawProposals() {
  const box = byId("proposals");
  const marks = Object.keys(work().marks).length;
  if (!marks) return fill(box);
  const pages = state.proposing ? "…" : ` on ${count(state.sitePages, "page")} of ${site() || "the unknown site"}`;
  fill(
    box,
    h("h2", {}, "Proposals", h("small", {}, pages)),
    !state.proposing && !state.proposals.length && h("p.note", {}, "Nothing fits these marks alone. Mark one block more of the kind, or write an entry below by hand."),
    h("ol.cards", {}, ...state.proposals.map(drawCard)),
    h("button.quiet", { type: "button", onclick: () => edit({ table: "drop", label: "other", matcher: { starts: "" }, why: "" }) }, "Write an entry by hand"),
  );
}

/** @param {Proposal} proposal @param {number} place */
function drawCard(proposal, place) {
  const open = proposal === state.shown;
  const bad = (proposal.counts.wrong ?? 0) + (proposal.counts.doubtful ?? 0);
  return h(
    "li.card",
    { "data-open": open ? true : null, onpointerenter: () => { if (!state.shown) show(proposal); } },
    h(
      "button.head",
      { type: "button", "aria-expanded": open, onclick: () => show(open ? null : proposal) },
      h("kbd", {}, place + 1),
      h("span.what", {}, h("b", {}, describeKind(proposal)), h("code", {}, describeMatcher(proposal.change))),
      h("span.counts", {}, ...ORDER.filter((effect) => proposal.counts[effect]).map((effect) => h(`span.e-${effect}`, { title: TITLES[effect] }, countEffect(effect, proposal.counts[effect] ?? 0))), h("span", {}, count(proposal.pages, "page"))),
    ),
    open && h(
      "div.body",
      {},
      proposal.values ? drawValues(proposal) : drawHits(proposal.hits, proposal.reach.length),
      h(
        "div.actions",
        {},
        h("button.strong", { type: "button", onclick: () => add(proposal.change) }, bad ? "Add anyway" : "Add to the draft", " ", h("kbd", {}, "↵")),
        h("button", { type: "button", onclick: () => edit(proposal.change) }, "Edit…"),
      ),
    ),
  );
}

/** @type {Record<string, string>} */
const TITLES = {
  wrong: "blocks that you marked as the contrary",
  doubtful: "blocks of which the classifier is sure of the contrary",
  changed: "blocks whose fate changes",
  same: "blocks that are treated this way already",
};
/** @type {Record<string, string>} */
const KINDS = { line: "whole line", starts: "starts with", ends: "ends with", contains: "contains", regex: "pattern", selector: "element", xpath: "element", from: "range", body: "where the article is", metadata: "metadata" };

/** @param {Proposal} proposal */
function describeKind(proposal) {
  const { change, kind } = proposal;
  const what = change.table === "drop" ? wording(change.label ?? "") : change.table === "keep" ? "keep" : "";
  return [what, change.table === "metadata" ? change.field : KINDS[kind] ?? kind].filter(Boolean).join(" · ");
}

/** @param {Change} change @returns {string} */
export function describeMatcher(change) {
  if (change.selector) return change.selector;
  const matcher = change.matcher ?? {};
  if (matcher.from !== undefined) return `${matcher.from} … ${matcher.to}`;
  return Object.entries(matcher).map(([key, value]) => (key === "through" ? `+ ${value} below` : showValue(value))).join(" ");
}

/** @param {Hit[]} hits @param {number} total */
function drawHits(hits, total) {
  return h(
    "ul.hits",
    {},
    ...hits.slice(0, 40).map((hit) => h(
      `li.e-${hit.effect}`,
      {},
      h("button", { type: "button", onclick: () => goTo(hit.page, hit.block), title: titleOf(hit.page) }, h("span.effect", {}, EFFECTS[hit.effect]), h("span.text", { dir: "auto" }, hit.text)),
    )),
    total > 40 && h("li.note", {}, `and ${total - 40} more`),
  );
}

/** @param {Proposal} proposal */
function drawValues(proposal) {
  return h(
    "ul.hits",
    {},
    ...(proposal.values ?? []).slice(0, 40).map((value) => h(
      "li",
      {},
      h("button", { type: "button", onclick: () => goTo(value.page, -1), title: titleOf(value.page) }, h("span.effect", {}, showValue(value.before) === showValue(value.after) ? "as now" : "changes"), h("span.text", { dir: "auto" }, showValue(value.after), showValue(value.before) !== showValue(value.after) && h("small", {}, ` instead of ${showValue(value.before)}`))),
    )),
  );
}

/** @param {number} number */
const titleOf = (number) => state.studio?.pages.find((page) => page.number === number)?.title ?? "";

/** @param {Change} change */
export function add(change) {
  if (work().changes.some((other) => JSON.stringify(other) === JSON.stringify(change))) return toast("It is in the draft already.");
  setWork({ ...work(), changes: [...work().changes, change] });
  say("Added to the draft.");
}

/** Edit a change by hand, with its hits as one types. @param {Change} change @param {number} [replaces] its place in the draft */
function edit(change, replaces) {
  const box = byId("draft");
  const rows = Object.entries(change.matcher ?? {});
  /** @type {[string, HTMLInputElement | HTMLSelectElement][]} */
  const inputs = [];
  const field = (/** @type {string} */ name, /** @type {HTMLInputElement | HTMLSelectElement} */ input) => {
    inputs.push([name, input]);
    return h("label", {}, h("span", {}, name), input);
  };
  const read = () => readChange(change, inputs);
  const status = h("p.note", { role: "status" });
  const form = h(
    "form.editor",
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const next = read();
        const changes = replaces === undefined ? [...work().changes, next] : work().changes.map((other, place) => (place === replaces ? next : other));
        setWork({ ...work(), changes });
      },
      oninput: () => preview(read(), status),
    },
    h("h3", {}, "Edit"),
    change.table === "drop" && field("label", makeSelect("label", Object.keys(labelNames()), change.label ?? "other")),
    rows.length === 1 && field("matcher", makeSelect("matcher", ["line", "starts", "ends", "contains", "regex", "selector", "xpath"], rows[0][0])),
    ...rows.map(([name, value]) => field(rows.length === 1 ? "value" : name, makeInput(name, Array.isArray(value) ? value.join("\n") : String(value)))),
    change.selector !== undefined && field("selector", makeInput("selector", change.selector)),
    (change.table === "drop" || change.table === "keep") && field("why", makeInput("why", change.why ?? "")),
    status,
    h("div.actions", {}, h("button.strong", { type: "submit" }, replaces === undefined ? "Add" : "Change"), h("button", { type: "button", onclick: drawDraft }, "Cancel")),
  );
  fill(box, form);
  box.scrollIntoView({ block: "nearest" });
  form.querySelector("input")?.focus();
  preview(read(), status);
}

function labelNames() {
  return Object.fromEntries((state.studio?.labels ?? []).filter((label) => label.group !== "body").map((label) => [label.name, label]));
}

/** @param {string} name @param {string} value @returns {HTMLInputElement} */
function makeInput(name, value) {
  return /** @type {HTMLInputElement} */ (h("input", { name, value, autocomplete: "off", spellcheck: "false" }));
}

/** @param {string} name @param {string[]} values @param {string} chosen @returns {HTMLSelectElement} */
function makeSelect(name, values, chosen) {
  return /** @type {HTMLSelectElement} */ (h("select", { name }, ...values.map((value) => h("option", { value, selected: value === chosen }, wording(value)))));
}

/** @param {Change} change @param {[string, HTMLInputElement | HTMLSelectElement][]} inputs @returns {Change} */
function readChange(change, inputs) {
  const given = Object.fromEntries(inputs.map(([name, input]) => [name, input.value]));
  /** @type {Change} */
  const next = { ...change };
  if (given.label) next.label = given.label;
  if (given.selector !== undefined && change.selector !== undefined) next.selector = given.selector;
  if (given.why !== undefined) next.why = given.why;
  if (given.matcher) next.matcher = { [given.matcher]: given.value };
  else if (change.matcher) {
    next.matcher = Object.fromEntries(Object.keys(change.matcher).map((key) => [key, key === "through" ? Number(given[key]) : given[key]]));
  }
  return next;
}

/** @type {AbortController | null} */
let previewing = null;

/** @param {Change} change @param {HTMLElement} status */
async function preview(change, status) {
  previewing?.abort();
  previewing = new AbortController();
  try {
    const answer = await post("/api/proposals", { site: site(), marks: work().marks, change }, previewing.signal);
    show(answer.proposals[0]);
    const counts = answer.proposals[0].counts;
    status.textContent = ORDER.filter((effect) => counts[effect]).map((effect) => countEffect(effect, counts[effect])).join(" · ") || "reaches no block";
    status.classList.remove("bad");
  } catch (error) {
    if (error instanceof DOMException) return;
    status.textContent = error instanceof ServerError ? error.message : String(error);
    status.classList.add("bad");
  }
}

function drawDraft() {
  const box = byId("draft");
  const { changes } = work();
  if (!changes.length) return fill(box);
  fill(
    box,
    h("h2", {}, "Draft", h("small", {}, ` of ${site() || "a new site"}.toml`)),
    h("ul.changes", {}, ...changes.map((change, place) => h(
      "li",
      {},
      h("button.entry", { type: "button", onclick: () => edit(change, place) }, h("b", {}, describeKind({ ...blank, change, kind: Object.keys(change.matcher ?? {})[0] ?? change.table })), h("code", {}, describeMatcher(change))),
      h("button.quiet", { type: "button", "aria-label": "Remove from the draft", onclick: () => setWork({ ...work(), changes: changes.filter((_, other) => other !== place) }) }, "✕"),
    ))),
    h("button.strong.wide", { type: "button", onclick: openReview }, "Review and save ", h("kbd", {}, "S")),
  );
}

/** @type {Proposal} */
const blank = { change: { table: "drop" }, kind: "", counts: {}, covered: 0, pages: 0, hits: [], reach: [] };
