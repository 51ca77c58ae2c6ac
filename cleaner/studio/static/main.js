// The app: reads the state from the server, opens pages, and joins the parts.

import { ServerError, get, listen, takeToken } from "./api.js";
import { setPointing, showArticle } from "./article.js";
import { setTarget } from "./cards.js";
import { showDraft } from "./draft.js";
import { showBlocks } from "./blocks.js";
import { byId, fill, h, toast } from "./dom.js";
import { reveal, showFrame } from "./frame.js";
import { showInspector } from "./inspector.js";
import { listenToKeys, openHelp } from "./keys.js";
import { showList } from "./list.js";
import { openPalette } from "./palette.js";
import { showProposals } from "./proposals.js";
import { openReview, showReview } from "./review.js";
import { showRules } from "./rules.js";
import { canUndo, changed, choose, chooseNothing, listedPages, on, restoreWork, state, undo } from "./store.js";

/** @typedef {import("./store.js").View} View */
const VIEWS = /** @type {View[]} */ (["both", "page", "blocks", "article"]);
let opening = 0;
/** The page that is shown, or on its way. */
let target = -1;

/** @param {number} number @param {number} [block] @param {boolean} [quietly] whether a narrow screen stays where it is */
async function openPage(number, block, quietly = false) {
  if (!state.studio?.pages[number] || state.studio.pages[number].state !== "cleaned") return;
  const turn = (opening += 1);
  target = number;
  try {
    const page = await get(`/api/pages/${number}`);
    if (turn !== opening || !page.blocks) return;
    const same = state.page?.number === number;
    state.page = page;
    if (!same) {
      state.chosen = new Set();
      state.focus = 0;
    }
    location.replace(`#page=${number}`);
    drawWhere();
    changed("page");
    if (block !== undefined && block >= 0) goToBlock(block);
    if (!same && !quietly) showTab(block === undefined ? "page" : "blocks");
  } catch (error) {
    report(error);
  }
}

/** @param {number} number @param {number} block */
async function goTo(number, block) {
  if (state.page?.number !== number) await openPage(number, block);
  else goToBlock(block);
}

/** @param {number} block */
function goToBlock(block) {
  if (block < 0) return;
  choose(block);
  reveal();
}

async function refresh() {
  try {
    state.studio = await get("/api/state");
    drawBanner(state.studio?.rule_error ?? "");
    changed("studio");
    const open = Number(new URLSearchParams(location.hash.slice(1)).get("page") ?? "NaN");
    if (target >= 0) await openPage(target, undefined, true);
    else {
      const wanted = state.studio?.pages[open]?.state === "cleaned" ? open : listedPages().find((page) => page.state === "cleaned")?.number;
      if (wanted !== undefined) await openPage(wanted, undefined, true);
      else changed("page");
    }
  } catch (error) {
    report(error);
  }
}

/** @param {unknown} error */
function report(error) {
  if (error instanceof ServerError && error.status === 401) drawBanner("This tab has no token. Open the address that `cleaner studio` printed.");
  else toast(error instanceof Error ? error.message : String(error), { bad: true });
}

/** @param {string} text */
function drawBanner(text) {
  const banner = byId("banner");
  banner.textContent = text;
  banner.hidden = !text;
}

function drawWhere() {
  const page = state.page;
  if (!page) return;
  document.title = `${page.title} · cleaner studio`;
  fill(byId("where"), h("span", {}, page.site || "unknown site"), h("span.address", { dir: "auto" }, page.url ?? page.id));
}

/** @param {View} view */
function setView(view) {
  state.view = view;
  byId("view").dataset.view = view;
  byId("article").hidden = view !== "article";
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-view]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  changed("view");
}

/** The part that a narrow screen shows. @param {string} tab */
function showTab(tab) {
  document.body.dataset.tab = tab;
  byId("article").hidden = tab !== "article" && state.view !== "article";
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-tab]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
  }
  changed("view");
}

/** The next block that is chosen shows `field`. @param {string} field */
function pointAt(field) {
  chooseNothing();
  setPointing(field);
  setView("both");
  showTab("page");
  byId("blocks").focus({ preventScroll: true });
}

function drawPointing() {
  const box = byId("pointing");
  box.hidden = !state.pointing;
  document.body.classList.toggle("pointing", Boolean(state.pointing));
  if (!state.pointing) return fill(box);
  fill(box, h("span", {}, "Click the block that shows the ", h("b", {}, state.pointing), "."), h("button.quiet", { type: "button", onclick: () => setPointing(null) }, "Cancel ", h("kbd", {}, "Esc")));
}

/** Call `run` at most once in a while. @param {() => void} run @param {number} pause */
function calm(run, pause) {
  let waiting = 0;
  return () => {
    waiting ||= window.setTimeout(() => { waiting = 0; run(); }, pause);
  };
}

function start() {
  takeToken();
  restoreWork();
  showList((number) => openPage(number));
  showFrame(openPalette);
  showBlocks(openPalette);
  showArticle(pointAt);
  showInspector(() => openPalette(null));
  setTarget(goTo);
  showRules();
  showProposals();
  showDraft(openReview);
  showReview(refresh, goTo);
  listenToKeys({ open: (number) => openPage(number), nextView: () => setView(VIEWS[(VIEWS.indexOf(state.view) + 1) % VIEWS.length]) });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-view]"))) {
    button.addEventListener("click", () => setView(/** @type {View} */ (button.dataset.view)));
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-tab]"))) {
    button.addEventListener("click", () => showTab(button.dataset.tab ?? "page"));
  }
  byId("undo").addEventListener("click", () => undo());
  on(["pointing"], drawPointing);
  on(["work"], () => byId("undo").toggleAttribute("disabled", !canUndo()));
  byId("undo").toggleAttribute("disabled", true);
  byId("help-open").addEventListener("click", openHelp);
  byId("pictures").addEventListener("change", (event) => {
    state.pictures = /** @type {HTMLInputElement} */ (event.target).checked;
    changed("view");
  });
  setView("both");
  showTab("pages");
  const look = calm(refresh, 250);
  refresh();
  listen((version) => { if (version !== state.studio?.version) look(); }, (alive) => drawBanner(alive ? "" : "The server does not answer; it may have been stopped."));
}

start();
