// The draft: what is to be added, changed and removed in the rule file of the site, until it is saved.

/** @import { Change } from "./types.js" */

import { describeKind, describeMatcher } from "./cards.js";
import { byId, fill, h, say, toast } from "./dom.js";
import { edit, isEditing } from "./editor.js";
import { on, setWork, site, work } from "./store.js";

/** @type {() => void} */
let openReview = () => {};

/** @param {() => void} review */
export function showDraft(review) {
  openReview = review;
  on(["work", "page"], draw);
}

/** @param {Change} change */
export function add(change) {
  const { changes } = work();
  if (changes.some((other) => JSON.stringify(other) === JSON.stringify(change))) return toast("It is in the draft already.");
  setWork({ ...work(), changes: [...changes, change] });
  say("Added to the draft.");
}

/** @param {number} place */
export function discard(place) {
  setWork({ ...work(), changes: work().changes.filter((_, other) => other !== place) });
  say("Taken out of the draft.");
}

function draw() {
  if (isEditing()) return;
  const box = byId("draft");
  const { changes } = work();
  if (!changes.length) return fill(box);
  fill(
    box,
    h("h2", {}, "Draft", h("small", {}, `of ${site() || "a new site"}.toml`)),
    h("ul.changes", {}, ...changes.map(drawChange)),
    h("button.strong.wide", { type: "button", onclick: openReview }, "Review and save ", h("kbd", {}, "S")),
  );
}

/** @param {Change} change @param {number} place */
function drawChange(change, place) {
  const what = change.removes ? "removed" : change.replaces ? "changed" : "new";
  return h(
    `li.${what}`,
    {},
    h(
      "button.entry",
      { type: "button", disabled: change.removes, title: change.removes ? null : "Edit", onclick: () => edit(change, { drafted: true }) },
      h("b", {}, h(`span.sign`, {}, { removed: "− ", changed: "± ", new: "+ " }[what]), describeKind(change)),
      h("code", {}, describeMatcher(change)),
    ),
    h("button.quiet", { type: "button", "aria-label": "Take out of the draft", title: "Take out of the draft", onclick: () => discard(place) }, "✕"),
  );
}
