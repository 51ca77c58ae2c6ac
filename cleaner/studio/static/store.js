// The state of the app, in one place: what is shown, what is chosen, what is marked, what is drafted.

/** @import { Change, Evidence, LabelInfo, Marks, PageInfo, PageSummary, Proposal, RuleFile, Studio } from "./types.js" */

/** @typedef {"both" | "page" | "blocks" | "article"} View */
/** @typedef {{marks: Marks, changes: Change[]}} Work what a person did for one site, all of which can be undone */

export const state = {
  /** @type {Studio | null} */ studio: null,
  /** @type {PageInfo | null} */ page: null,
  /** @type {Set<number>} */ chosen: new Set(),
  anchor: 0,
  focus: 0,
  /** @type {View} */ view: "both",
  pictures: false,
  search: "",
  filter: "all",
  /** @type {Record<string, Work>} */ work: {},
  /** @type {Proposal[]} */ proposals: [],
  sitePages: 0,
  proposing: false,
  /** @type {Proposal | null} */ shown: null,
  /** @type {RuleFile | null} the rule file of the site */ rules: null,
  /** @type {string | null} the field of metadata that the next block shows */ pointing: null,
  /** @type {string | null} the field whose proposals come first */ wanted: null,
  /** @type {{page: number, digest: string, blocks: Evidence[]} | null} */ evidence: null,
};

/** @typedef {"studio" | "page" | "choice" | "work" | "proposals" | "shown" | "view" | "rules" | "pointing" | "evidence"} Topic */
/** @type {Map<Topic, (() => void)[]>} */
const listeners = new Map();

/** @param {Topic[]} topics @param {() => void} run */
export function on(topics, run) {
  for (const topic of topics) listeners.set(topic, [...(listeners.get(topic) ?? []), run]);
}

/** @param {Topic} topic */
export function changed(topic) {
  for (const run of listeners.get(topic) ?? []) run();
}

/** Look at a proposal: its hits are outlined. @param {Proposal | null} proposal */
export function show(proposal) {
  state.shown = proposal;
  changed("shown");
}

export const site = () => state.page?.site ?? "";

/** What changes whenever a page of the site comes out differently. */
export function siteDigest() {
  const own = state.studio?.pages.filter((page) => page.site === site() && page.state === "cleaned") ?? [];
  return JSON.stringify([site(), state.studio?.rules_digest, own.map((page) => [page.kept_share, page.score])]);
}

/** @returns {Work} */
export function work() {
  return state.work[site()] ?? { marks: {}, changes: [] };
}

/** @returns {Record<string, string>} the marks on the page that is shown */
export function pageMarks() {
  return work().marks[String(state.page?.number)] ?? {};
}

const KEY = "cleaner-studio-work";
/** @type {{site: string, before: Work}[]} */
const history = [];

/** @param {Work} next @param {boolean} [forget] whether it cannot be undone */
export function setWork(next, forget = false) {
  if (forget) history.length = 0;
  else history.push({ site: site(), before: work() });
  state.work = { ...state.work, [site()]: next };
  keepWork();
  changed("work");
}

/** @returns {boolean} whether there was something to undo */
export function undo() {
  const last = history.pop();
  if (!last) return false;
  state.work = { ...state.work, [last.site]: last.before };
  keepWork();
  changed("work");
  return true;
}

export const canUndo = () => history.length > 0;

function keepWork() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state.work));
  } catch {
    // no room: marks then last as long as the tab is not reloaded
  }
}

export function restoreWork() {
  try {
    state.work = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    state.work = {};
  }
}

/** @param {Iterable<number>} blocks @param {string | null} label null takes marks away */
export function mark(blocks, label) {
  const number = String(state.page?.number);
  const own = { ...pageMarks() };
  for (const block of blocks) {
    if (label === null) delete own[block];
    else own[block] = label;
  }
  const marks = { ...work().marks, [number]: own };
  if (!Object.keys(own).length) delete marks[number];
  setWork({ ...work(), marks });
}

/** @param {number} block @param {{extend?: boolean, toggle?: boolean}} [how] */
export function choose(block, how = {}) {
  const last = (state.page?.blocks.length ?? 1) - 1;
  const at = Math.max(0, Math.min(block, last));
  if (how.extend) {
    const [from, to] = [Math.min(state.anchor, at), Math.max(state.anchor, at)];
    state.chosen = new Set(Array.from({ length: to - from + 1 }, (_, place) => from + place));
  } else if (how.toggle) {
    state.chosen = new Set(state.chosen);
    if (!state.chosen.delete(at)) state.chosen.add(at);
    state.anchor = at;
  } else {
    state.chosen = new Set([at]);
    state.anchor = at;
  }
  state.focus = at;
  changed("choice");
}

export function chooseNothing() {
  state.chosen = new Set();
  changed("choice");
}

/** @param {string} name @returns {LabelInfo} */
export function labelInfo(name) {
  return state.studio?.labels.find((label) => label.name === name) ?? { name, group: "removed", meaning: "" };
}

/** @param {string} name */
export const isBody = (name) => labelInfo(name).group === "body";

/** The label as a person reads it. @param {string} name */
export const wording = (name) => name.replaceAll("_", " ");

/** @returns {Map<number, string>} the effects of the shown proposal on the page */
export function shownHits() {
  const hits = new Map();
  for (const [page, block, effect] of state.shown?.reach ?? []) {
    if (page === state.page?.number) hits.set(block, effect);
  }
  return hits;
}

/** @returns {PageSummary[]} the pages in the order and choice of the list */
export function listedPages() {
  const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  const pages = (state.studio?.pages ?? []).filter((page) => {
    const text = `${page.title} ${page.id} ${page.site} ${page.url ?? ""} ${page.flags?.join(" ") ?? ""}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return false;
    if (state.filter === "flagged") return (page.flags?.length ?? 0) > 0;
    return state.filter !== "failed" || page.state === "failed";
  });
  /** @type {Record<string, (page: PageSummary) => number>} */
  const orders = { unsure: (page) => page.score ?? 1, least: (page) => page.kept_share ?? 1 };
  const order = orders[state.filter];
  return order
    ? [...pages].sort((a, b) => order(a) - order(b))
    : [...pages].sort((a, b) => Number(!a.site) - Number(!b.site) || a.site.localeCompare(b.site));
}
