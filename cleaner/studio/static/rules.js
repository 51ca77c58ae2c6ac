// The rule file of the site as it is: every entry with what it decides here; each can be changed or removed.

/** @import { Case, Change, Proposal, RuleEntry } from "./types.js" */

import { get, post } from "./api.js";
import { describeKind, describeMatcher, drawReach } from "./cards.js";
import { byId, count, fill, h, say, toast } from "./dom.js";
import { add, discard } from "./draft.js";
import { edit, writeValue } from "./editor.js";
import { changed, on, show, site, siteDigest, state, wording, work } from "./store.js";

let askedFor = "";
/** @type {string | null} the entry that is open, as its id or its text */
let open = null;
/** @type {Proposal | null} what the open entry hits */
let reach = null;

export function showRules() {
  on(["studio", "page"], load);
  on(["rules", "work"], draw);
}

async function load() {
  const name = site();
  const key = `${siteDigest()} ${state.studio?.version}`; // a rule may decide on blocks that were dropped before
  if (key === askedFor) return;
  askedFor = key;
  try {
    const file = name ? await get(`/api/rules/${encodeURIComponent(name)}`) : null;
    if (askedFor !== key) return;
    if (file?.text !== state.rules?.text) open = null;
    state.rules = file;
  } catch {
    state.rules = null; // the banner says what is wrong with the file
  }
  changed("rules");
}

function draw() {
  const box = byId("rules");
  const file = state.rules;
  if (!file?.text) return fill(box);
  const wasOpen = /** @type {HTMLDetailsElement | null} */ (box.querySelector("details"))?.open ?? false;
  fill(
    box,
    h(
      "details.file",
      { open: wasOpen || open !== null },
      h("summary", {}, h("h2", {}, file.name), h("small", {}, [file.builtin ? "built in" : "", count(file.entries.length, "entry", "entries"), count(file.cases, "case")].filter(Boolean).join(" · "))),
      file.networks.length > 0 && h("p.note", {}, `It extends ${file.networks.join(", ")}, whose entries are not shown.`),
      file.builtin && file.entries.length > 0 && h("p.note", {}, "A change copies the file to your folder."),
      h("ul.rules", {}, ...file.entries.map(drawEntry)),
    ),
  );
}

/** @param {RuleEntry} entry */
function drawEntry(entry) {
  const id = JSON.stringify(entry.change);
  const place = work().changes.findIndex((one) => (one.removes ? JSON.stringify({ ...one, removes: undefined }) : JSON.stringify(one.replaces)) === id);
  const drafted = work().changes[place];
  const isOpen = open === id;
  const idle = entry.blocks === 0;
  return h(
    "li.rule",
    { "data-open": isOpen ? true : null, "data-drafted": drafted ? (drafted.removes ? "removed" : "changed") : null, "data-rule": entry.rule },
    h(
      "button.entry",
      { type: "button", "aria-expanded": isOpen, onclick: () => (isOpen ? close() : look(entry)) },
      h("b", {}, describeKind(entry.change)),
      h("code", {}, describeMatcher(entry.change)),
      entry.blocks !== undefined && h(idle ? "small.idle" : "small", {}, idle ? "decides nothing on these pages" : `${count(entry.blocks, "block")} on ${count(entry.pages ?? 0, "page")}`),
    ),
    isOpen && h(
      "div.body",
      {},
      entry.change.why && h("p.note", {}, entry.change.why),
      entry.change.case ? drawCase(entry.change.case) : reach ? drawReach(reach) : h("p.note", {}, "Looking at the pages…"),
      h(
        "div.actions",
        {},
        drafted
          ? h("button", { type: "button", onclick: () => discard(place) }, drafted.removes ? "Keep it" : "Undo the change")
          : [
              h("button", { type: "button", onclick: () => edit({ ...entry.change, replaces: entry.change }) }, "Edit…"),
              h("button", { type: "button", onclick: () => add({ ...entry.change, removes: true }) }, "Remove"),
            ],
      ),
    ),
  );
}

/** What a case asks for. @param {Case} values */
function drawCase(values) {
  const rows = Object.entries(values).filter(([name]) => name !== "input");
  return h("dl.reason", {}, ...rows.map(([name, value]) => h("div", {}, h("dt", {}, wording(name)), h("dd", { dir: "auto" }, writeValue(value)))));
}

/** @param {RuleEntry} entry */
async function look(entry) {
  open = JSON.stringify(entry.change);
  reach = null;
  show(null);
  draw();
  if (entry.change.case) return; // the review runs it
  try {
    const answer = await post("/api/proposals", { site: site(), marks: work().marks, change: entry.change });
    if (open !== JSON.stringify(entry.change)) return;
    reach = answer.proposals[0];
    show(reach);
    draw();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), { bad: true });
  }
}

function close() {
  open = null;
  show(null);
  draw();
}

/** Open the entry that decided about a block. @param {string} rule its id, such as `example.com:drop[2]` */
export function openRule(rule) {
  const entry = state.rules?.entries.find((one) => one.rule === rule);
  if (!entry) return toast("The entry belongs to another file.");
  look(entry);
  document.querySelector(`[data-rule="${CSS.escape(rule)}"]`)?.scrollIntoView({ block: "center" });
  say("The entry is open below.");
}

/** @param {string} rule */
export const isOwnRule = (rule) => Boolean(state.rules?.entries.some((one) => one.rule === rule));
