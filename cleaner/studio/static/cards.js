// What proposals, entries of the file and the draft have in common: how a change is described, and what it hits.

/** @import { Change, Effect, Hit, Proposal, Reading } from "./types.js" */

import { showValue } from "./article.js";
import { EFFECTS, countEffect } from "./blocks.js";
import { count, h } from "./dom.js";
import { state, wording } from "./store.js";

const ORDER = /** @type {Effect[]} */ (["wrong", "doubtful", "changed", "same"]);
const MAX_SHOWN = 40;
/** @type {Record<string, string>} */
const TITLES = {
  wrong: "blocks that you marked as the contrary",
  doubtful: "blocks of which the classifier is sure of the contrary",
  changed: "blocks whose fate changes",
  same: "blocks that are treated this way already",
};
/** @type {Record<string, string>} */
const KINDS = { line: "whole line", starts: "starts with", ends: "ends with", contains: "contains", regex: "pattern", selector: "element", xpath: "element by XPath", from: "range", body: "where the article is", metadata: "metadata", case: "case" };
/** @type {(number: number, block: number) => void} */
let goTo = () => {};

/** @param {(number: number, block: number) => void} go opens a hit */
export function setTarget(go) {
  goTo = go;
}

/** @param {Change} change */
export function kindOf(change) {
  return Object.keys(change.matcher ?? {}).find((key) => key in KINDS) ?? change.table;
}

/** @param {Change} change */
export function describeKind(change) {
  if (change.table === "metadata") return `metadata · ${change.field}`;
  const what = change.table === "drop" ? wording(change.label ?? "") : change.table === "keep" ? "keep" : "";
  return [what, KINDS[kindOf(change)], change.trust && "always followed"].filter(Boolean).join(" · ");
}

/** @param {Change} change @returns {string} */
export function describeMatcher(change) {
  if (change.selector) return change.selector;
  if (change.case) return [change.case.title, change.case.input].filter(Boolean).join(" · ");
  const matcher = change.matcher ?? {};
  if (matcher.from !== undefined) return `${matcher.from} … ${matcher.to}`;
  return Object.entries(matcher).map(([key, value]) => (key === "through" ? `+ ${value} below` : showValue(value))).join(" ");
}

/** What a change does on all pages, in a line. @param {Proposal} proposal @returns {HTMLElement[]} */
export function drawCounts(proposal) {
  if (proposal.values) {
    const changes = proposal.values.filter((one) => showValue(one.before) !== showValue(one.after)).length;
    return [
      h("span", {}, proposal.values.length ? `read on ${count(proposal.values.length, "page")}` : "reads nothing"),
      changes ? h("span.e-changed", {}, `${count(changes, "change")}`) : h("span", {}, "as now"),
    ];
  }
  const shown = ORDER.filter((effect) => proposal.counts[effect]);
  if (!shown.length) return [h("span", {}, "reaches no block")];
  return [
    ...shown.map((effect) => h(`span.e-${effect}`, { title: TITLES[effect] }, countEffect(effect, proposal.counts[effect] ?? 0))),
    h("span", {}, count(proposal.pages, "page")),
  ];
}

/** @param {Proposal} proposal */
export function drawReach(proposal) {
  return proposal.values ? drawValues(proposal.values) : drawHits(proposal.hits, proposal.reach.length);
}

/** @param {Hit[]} hits @param {number} total */
function drawHits(hits, total) {
  return h(
    "ul.hits",
    {},
    ...hits.slice(0, MAX_SHOWN).map((hit) => h(
      `li.e-${hit.effect}`,
      {},
      h("button", { type: "button", onclick: () => goTo(hit.page, hit.block), title: titleOf(hit.page) }, h("span.effect", {}, EFFECTS[hit.effect]), h("span.text", { dir: "auto" }, hit.text)),
    )),
    total > MAX_SHOWN && h("li.note", {}, `and ${total - MAX_SHOWN} more`),
  );
}

/** @param {Reading[]} values */
function drawValues(values) {
  return h(
    "ul.hits",
    {},
    ...values.slice(0, MAX_SHOWN).map((value) => {
      const same = showValue(value.before) === showValue(value.after);
      return h(
        `li.e-${same ? "same" : "changed"}`,
        {},
        h("button", { type: "button", onclick: () => goTo(value.page, -1), title: titleOf(value.page) }, h("span.effect", {}, same ? "as now" : "changes"), h("span.text", { dir: "auto" }, showValue(value.after), !same && h("small", {}, ` instead of ${showValue(value.before)}`))),
      );
    }),
    values.length > MAX_SHOWN && h("li.note", {}, `and ${values.length - MAX_SHOWN} more`),
  );
}

/** @param {number} number */
const titleOf = (number) => state.studio?.pages.find((page) => page.number === number)?.title ?? "";
