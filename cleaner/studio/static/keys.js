// The keys, and the dialog that lists them.

import { setPointing } from "./article.js";
import { dialog, fill, h } from "./dom.js";
import { reveal } from "./frame.js";
import { apply } from "./inspector.js";
import { openPalette } from "./palette.js";
import { take } from "./proposals.js";
import { openReview } from "./review.js";
import { choose, chooseNothing, listedPages, show, state, undo } from "./store.js";

/** @type {[string, string][]} */
const KEYS = [
  ["↓ ↑ or J K", "next and previous block"],
  ["Shift with ↓ ↑", "choose a range"],
  ["B", "it is the article’s text"],
  ["L", "it is something else: then the letter of the label"],
  ["U", "take the mark away"],
  ["1 … 9", "look at a proposal on all pages"],
  ["Enter", "add the proposal to the draft"],
  ["S", "review and save"],
  ["N P", "next and previous page"],
  ["/", "search pages"],
  ["V", "next view"],
  ["Ctrl Z", "undo"],
  ["Esc", "close; choose nothing"],
  ["?", "these keys"],
];

export function openHelp() {
  const box = dialog("help");
  fill(
    box,
    h("h2", { id: "help-title" }, "Keys"),
    h("dl", {}, ...KEYS.map(([key, what]) => h("div", {}, h("dt", {}, ...key.split(" ").map((part) => (/^(or|with|…)$/.test(part) ? ` ${part} ` : h("kbd", {}, part)))), h("dd", {}, what)))),
    h("p.note", {}, "With the mouse: click, Shift-click or drag for a range, Ctrl-click for single blocks, right-click for the labels."),
    h("div.actions", {}, h("button.strong", { type: "button", onclick: () => box.close() }, "Close")),
  );
  box.onclick = (event) => { if (event.target === box) box.close(); };
  box.showModal();
}

/** @param {{open: (number: number) => void, nextView: () => void}} actions */
export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !isTyping(target)) {
      event.preventDefault();
      undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(target)) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (event.key === "Enter" && target.closest("button, summary, a")) return;
    if (run(event, actions)) event.preventDefault();
  });
}

/** @param {HTMLElement} target */
const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select");

/** @param {KeyboardEvent} event @param {{open: (number: number) => void, nextView: () => void}} actions @returns {boolean} */
function run(event, actions) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "ArrowDown" || key === "j") return step(1, event.shiftKey);
  if (key === "ArrowUp" || key === "k") return step(-1, event.shiftKey);
  if (/^[1-9]$/.test(key)) {
    const proposal = state.proposals[Number(key) - 1];
    if (proposal) show(proposal);
    return Boolean(proposal);
  }
  /** @type {Record<string, () => void>} */
  const commands = {
    b: () => apply("paragraph"),
    l: () => openPalette(placeOfFocus()),
    u: () => apply(null),
    s: openReview,
    n: () => turn(1, actions.open),
    p: () => turn(-1, actions.open),
    v: actions.nextView,
    "/": () => document.getElementById("search")?.focus(),
    "?": openHelp,
    Enter: () => { if (state.shown && state.proposals.includes(state.shown)) take(state.shown); },
    Escape: () => { if (state.pointing) setPointing(null); else { chooseNothing(); show(null); } },
  };
  commands[key]?.();
  return key in commands;
}

/** @param {number} by @param {boolean} extend */
function step(by, extend) {
  if (!state.page?.blocks) return false;
  choose(state.chosen.size || by < 0 ? state.focus + by : state.focus, { extend });
  reveal();
  return true;
}

/** @param {number} by @param {(number: number) => void} open */
function turn(by, open) {
  const pages = listedPages().filter((page) => page.state === "cleaned");
  const place = pages.findIndex((page) => page.number === state.page?.number);
  const next = pages[place + by];
  if (next) open(next.number);
}

function placeOfFocus() {
  const box = document.getElementById(`b${state.focus}`)?.getBoundingClientRect();
  return box?.height ? { x: box.left + 40, y: Math.min(box.bottom, innerHeight - 60) } : null;
}
