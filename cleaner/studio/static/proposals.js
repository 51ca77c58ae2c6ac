// Proposals for the marks, each with its hits on all pages of the site.

/** @import { Change, Proposal } from "./types.js" */

import { post } from "./api.js";
import { describeKind, describeMatcher, drawCounts, drawReach } from "./cards.js";
import { byId, count, fill, h, say, toast } from "./dom.js";
import { add, discard } from "./draft.js";
import { edit } from "./editor.js";
import { changed, on, show, site, siteDigest, state, work } from "./store.js";

/** @type {AbortController | null} */
let asking = null;
let timer = 0;
let askedFor = "";

export function showProposals() {
  on(["work", "page", "studio"], ask);
  on(["proposals", "shown", "page", "work"], draw);
}

function ask() {
  const key = siteDigest() + JSON.stringify(work().marks);
  if (key === askedFor) return;
  askedFor = key;
  clearTimeout(timer);
  asking?.abort();
  if (!Object.keys(work().marks).length) {
    if (state.proposals.length) show(null);
    state.proposals = [];
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
    state.proposals = sort(answer.proposals);
    state.sitePages = answer.pages;
    say(`${count(state.proposals.length, "proposal")}.`);
  } catch (error) {
    if (error instanceof DOMException) return;
    state.proposals = [];
    toast(error instanceof Error ? error.message : String(error), { bad: true });
  }
  state.proposing = false;
  show(state.proposals.find((one) => JSON.stringify(one.change) === before) ?? state.proposals[0] ?? null);
  byId("proposals").querySelector("[data-open]")?.scrollIntoView({ block: "nearest" });
}

/** The proposals for a field that was pointed at come first. @param {Proposal[]} proposals */
function sort(proposals) {
  const isWanted = (/** @type {Proposal} */ one) => Number(one.change.field !== state.wanted);
  return state.wanted ? [...proposals].sort((a, b) => isWanted(a) - isWanted(b)) : proposals;
}

function draw() {
  const box = byId("proposals");
  const marks = Object.keys(work().marks).length;
  const byHand = h("button.quiet", { type: "button", onclick: () => edit({ table: "drop", label: "other", matcher: { starts: "" }, why: "" }) }, "Write an entry by hand");
  if (!marks) return fill(box, state.page?.blocks && byHand);
  const where = state.proposing ? "…" : `tried on ${count(state.sitePages, "page")} of ${site() || "the unknown site"}`;
  const scrolled = box.querySelector(".hits")?.scrollTop ?? 0;
  fill(
    box,
    h("h2", {}, "Proposals", h("small", {}, where)),
    !state.proposing && !state.proposals.length && h("p.note", {}, drawEmpty()),
    h("ol.cards", {}, ...state.proposals.map(drawCard)),
    byHand,
  );
  box.querySelector(".hits")?.scrollTo(0, scrolled);
}

/** Why there is nothing to propose, and what to do. */
function drawEmpty() {
  const labels = new Set(Object.values(work().marks).flatMap((marks) => Object.values(marks)));
  const isAsNow = Object.entries(work().marks).every(([page, marks]) => Number(page) === state.page?.number && Object.keys(marks).every((at) => state.page?.blocks[Number(at)]?.keep));
  if (isAsNow && [...labels].every((label) => state.studio?.labels.find((one) => one.name === label)?.group === "body")) {
    return "These blocks are kept as text already, so no rule is needed. The marks are saved with the page as what must be kept.";
  }
  return "Nothing fits these marks without taking text. Mark one block more of the kind, on this page or another, or write an entry by hand.";
}

/** Put a proposal into the draft, and look at the next one: the best for a label that the draft has nothing for. @param {Proposal} proposal */
export function take(proposal) {
  add(proposal.change);
  const drafted = new Set(work().changes.map(describeAim));
  const next = state.proposals.find((one) => !drafted.has(describeAim(one.change)));
  if (!next) return;
  show(next);
  byId("proposals").querySelector("[data-open]")?.scrollIntoView({ block: "nearest" });
}

/** @param {Change} change */
const describeAim = (change) => [change.table, change.label, change.field].join(" ");

/** @param {Change} change */
const placeInDraft = (change) => work().changes.findIndex((one) => JSON.stringify(one) === JSON.stringify(change));

/** @param {Proposal} proposal @param {number} place */
function drawCard(proposal, place) {
  const open = proposal === state.shown;
  const drafted = placeInDraft(proposal.change);
  const bad = (proposal.counts.wrong ?? 0) + (proposal.values ? 0 : (proposal.counts.doubtful ?? 0));
  return h(
    "li.card",
    { "data-open": open ? true : null, "data-drafted": drafted >= 0 ? true : null },
    h(
      "button.head",
      { type: "button", "aria-expanded": open, onclick: () => show(open ? null : proposal) },
      h("kbd", {}, place + 1),
      h("span.what", {}, h("b", {}, describeKind(proposal.change)), h("code", {}, describeMatcher(proposal.change))),
      h("span.counts", {}, ...drawCounts(proposal)),
    ),
    open && h(
      "div.body",
      {},
      drawReach(proposal),
      h(
        "div.actions",
        {},
        ...(drafted >= 0
          ? [h("button", { type: "button", onclick: () => discard(drafted) }, "Take out of the draft")]
          : [
              h("button.strong", { type: "button", onclick: () => take(proposal) }, bad ? "Add anyway" : "Add to the draft", " ", h("kbd", {}, "↵")),
              h("button", { type: "button", onclick: () => edit(proposal.change) }, "Edit…"),
            ]),
      ),
    ),
  );
}
