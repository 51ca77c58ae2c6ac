// What a draft does, before it is written: the check's verdict, the file's diff, and every page that changes.

/** @import { PageChange, Preview } from "./types.js" */

import { ServerError, post } from "./api.js";
import { showValue } from "./article.js";
import { count, dialog, fill, h, percent, say, toast } from "./dom.js";
import { setWork, site, state, work, wording } from "./store.js";

/** @type {() => Promise<void>} */
let refresh = async () => {};
/** @type {(number: number, block: number) => void} */
let goTo = () => {};
let name = "";
let acceptCases = false;
/** @type {Set<number>} marked pages that do not become cases */
let skipped = new Set();

/** @param {() => Promise<void>} reload @param {(number: number, block: number) => void} go */
export function showReview(reload, go) {
  refresh = reload;
  goTo = go;
}

export function openReview() {
  if (!work().changes.length) return toast("The draft is empty: add a proposal first.");
  name = site();
  acceptCases = false;
  skipped = new Set();
  const box = dialog("review");
  box.onclick = (event) => { if (event.target === box) box.close(); };
  if (!box.open) box.showModal();
  if (name) look();
  else askName();
}

function askName() {
  const input = /** @type {HTMLInputElement} */ (h("input", { name: "host", placeholder: "example.com", autocomplete: "off", required: true }));
  fill(
    dialog("review"),
    h("h2", { id: "review-title" }, "Which site is it?"),
    h("form", { onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); name = input.value.trim().toLowerCase(); look(); } },
      h("p.note", {}, "These pages have no address. The file is named after the site’s host; lines that all its dumps share become its signatures."),
      h("label", {}, h("span", {}, "Host"), input), h("div.actions", {}, h("button.strong", { type: "submit" }, "Go on"))),
  );
}

/** @param {string} base */
function draft(base = "") {
  const cases = Object.keys(work().marks).map(Number).filter((number) => !skipped.has(number));
  return { site: name, changes: work().changes, marks: work().marks, cases, accept_cases: acceptCases, base };
}

async function look() {
  const box = dialog("review");
  fill(box, h("h2", { id: "review-title" }, `${name}.toml`), h("p.note", { role: "status" }, "Cleaning the pages with the draft, and running the check…"));
  try {
    draw(await post("/api/preview", draft()));
  } catch (error) {
    fail(error);
  }
}

/** @param {unknown} error */
function fail(error) {
  const box = dialog("review");
  const problem = error instanceof Error ? error.message : String(error);
  const key = error instanceof ServerError && error.key ? `${error.key}: ` : "";
  fill(box, h("h2", { id: "review-title" }, "The draft cannot be used"), h("p.bad", { role: "alert" }, key + problem), close());
}

const close = () => h("div.actions", {}, h("button", { type: "button", onclick: () => dialog("review").close() }, "Close"));

/** @param {Preview} preview */
function draw(preview) {
  const box = dialog("review");
  const failing = preview.checks.filter((check) => check.state === "fails" || check.state === "unusable");
  const canSave = state.studio?.rules && preview.passes;
  const stale = acceptCases || failing.some((check) => check.field !== "has an effect" && check.field !== "body" && check.state === "fails");
  fill(
    box,
    h("header", {},
      h("h2", { id: "review-title" }, preview.name),
      h(`p.verdict.${preview.passes ? "good" : "bad"}`, { role: "status" }, preview.passes ? `✓ check: all ${preview.checks.length} hold` : `✕ check: ${count(failing.length, "fails", "fail")}`),
      h("p.note", {}, preview.pages.length ? `${count(preview.pages.length, "page changes", "pages change")}.` : "No page changes: the classifier does the same already.", preview.replaces_builtin ? " The built-in file and its cases are copied to your folder, and yours is used instead." : "")),
    h("div.columns", {},
      h("div", {}, failing.length > 0 && drawFailing(preview), preview.open.length > 0 && drawOpen(preview), drawCases(preview), h("h3", {}, "File"), drawDiff(preview.diff)),
      h("div", {}, h("h3", {}, "Pages"), preview.pages.length ? h("ul.pages-changed", {}, ...preview.pages.map(drawPage)) : h("p.note", {}, "None."))),
    h("footer", {},
      stale && h("label.switch", {}, h("input", { type: "checkbox", checked: acceptCases, onchange: () => { acceptCases = !acceptCases; look(); } }), " Older cases expect what comes out now"),
      !state.studio?.rules && h("p.note", {}, "Start the studio with --rules DIR to save."),
      h("span.space", {}),
      h("button", { type: "button", onclick: () => dialog("review").close() }, "Back"),
      state.studio?.rules ? h("button.strong", { type: "button", disabled: !canSave, onclick: () => save(preview) }, `Save ${count(preview.files.length - 1, "file")} to ${state.studio.rules}`) : h("button.strong", { type: "button", onclick: () => copy(preview.text) }, "Copy the file")),
  );
  /** @type {HTMLElement | null} */ (box.querySelector("footer .strong"))?.focus();
}

/** @param {Preview} preview */
function drawFailing(preview) {
  const failing = preview.checks.filter((check) => check.state === "fails" || check.state === "unusable");
  return h("section.failing", {}, h("h3", {}, "What the check says"), h("ul", {}, ...failing.map((check) => h("li", {}, h("b", {}, `${check.subject}: ${check.field}`), h("pre", {}, check.detail)))));
}

/** @param {Preview} preview */
function drawOpen(preview) {
  return h("section.failing", {}, h("h3", {}, "Marks that are still open"), h("ul", {}, ...preview.open.map((one) => h("li", {}, h(`b.l-${one.label}`, {}, wording(one.label)), " ", h("span", { dir: "auto" }, one.text)))));
}

/** @param {Preview} preview */
function drawCases(preview) {
  const numbers = Object.keys(work().marks).map(Number);
  const proofs = preview.cases.filter((number) => !numbers.includes(number));
  if (!numbers.length && !proofs.length) return null;
  const toggle = (/** @type {number} */ number) => { if (!skipped.delete(number)) skipped.add(number); look(); };
  const title = (/** @type {number} */ number) => h("span", { dir: "auto" }, state.studio?.pages[number]?.title ?? String(number));
  return h("section", {}, h("h3", {}, "Cases"), h("p.note", {}, "These pages are saved with the rule; the check holds the rule to them."),
    ...numbers.map((number) => h("label.switch", {}, h("input", { type: "checkbox", checked: preview.cases.includes(number), onchange: () => toggle(number) }), " ", title(number))),
    ...proofs.map((number) => h("p", {}, "+ ", title(number), h("span.note", {}, " proves an entry that no marked page has"))));
}

/** @param {string[]} lines */
function drawDiff(lines) {
  return h("pre.diff", { tabindex: 0 }, ...lines.slice(2).map((line) => h(line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : line.startsWith("@") ? "i" : "span", {}, `${line}\n`)));
}

/** @param {PageChange} page */
function drawPage(page) {
  return h("li", {},
    h("details", { open: page.blocks.length + page.metadata.length <= 6 },
      h("summary", {}, h("span", { dir: "auto" }, page.title), h("small", {}, ` ${percent(page.kept_before)} → ${percent(page.kept_after)}`)),
      h("ul", {},
        ...page.blocks.map((block) => h(block.keep ? "li.kept" : "li.lost", {}, h("button", { type: "button", onclick: () => { dialog("review").close(); goTo(page.page, block.block); } }, h("span.effect", {}, block.keep ? "+ kept" : `− ${wording(block.label)}`), h("span.text", { dir: "auto" }, block.text)))),
        ...page.metadata.map((change) => h("li", {}, h("span.effect", {}, change.field), h("span.text", { dir: "auto" }, `${showValue(change.before)} → ${showValue(change.after)}`))))));
}

/** @param {Preview} preview */
async function save(preview) {
  try {
    const saved = await post("/api/save", draft(preview.base));
    dialog("review").close();
    setWork({ marks: {}, changes: [] }, true);
    say("Saved.");
    const others = saved.written.length - 1;
    toast(`Saved ${saved.name}${others > 0 ? ` and ${count(others, "more file")}` : ""}.`, { action: "Undo", run: takeBack });
    await refresh();
  } catch (error) {
    if (error instanceof ServerError && error.status === 409) {
      toast(error.message, { bad: true });
      look();
    } else fail(error);
  }
}

async function takeBack() {
  try {
    const { restored } = await post("/api/undo", {});
    toast(`Restored ${restored.join(", ")}`);
    await refresh();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), { bad: true });
  }
}

/** @param {string} text */
async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied.");
}
