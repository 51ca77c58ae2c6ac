// The list of pages by site.

/** @import { PageSummary } from "./types.js" */

import { byId, count, fill, h, percent } from "./dom.js";
import { listedPages, on, state } from "./store.js";

const MAX_SHOWN = 600;

/** @param {(number: number) => void} open */
export function showList(open) {
  const search = /** @type {HTMLInputElement} */ (byId("search"));
  const filter = /** @type {HTMLSelectElement} */ (byId("filter"));
  const draw = () => drawList(open);
  search.addEventListener("input", () => { state.search = search.value; draw(); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") open(listedPages()[0]?.number ?? -1);
  });
  filter.addEventListener("change", () => { state.filter = filter.value; draw(); });
  on(["studio", "page", "work"], draw);
}

/** @param {(number: number) => void} open */
function drawList(open) {
  const studio = state.studio;
  if (!studio) return;
  const pages = listedPages();
  const box = byId("page-list");
  const scrolled = box.scrollTop;
  /** @type {Map<string, PageSummary[]>} */
  const sites = new Map();
  for (const page of pages.slice(0, MAX_SHOWN)) {
    sites.set(page.site, [...(sites.get(page.site) ?? []), page]);
  }
  const sorted = state.filter === "all" || state.filter === "flagged";
  const groups = sorted ? [...sites] : [["", pages.slice(0, MAX_SHOWN)]];
  fill(
    box,
    ...groups.map(([site, own]) => drawSite(String(site), /** @type {PageSummary[]} */ (own), sorted, open)),
    pages.length > MAX_SHOWN && h("p.note", {}, `${pages.length - MAX_SHOWN} more; search to find them.`),
    !pages.length && h("p.note", {}, studio.pages.length ? "No page matches." : studio.reading ? "Reading…" : "There are no pages."),
    studio.failures.length > 0 && (state.filter === "all" || state.filter === "failed") && drawFailures(),
  );
  box.scrollTop = scrolled;
  drawProgress();
}

/** @param {string} site @param {PageSummary[]} pages @param {boolean} titled @param {(number: number) => void} open */
function drawSite(site, pages, titled, open) {
  const waiting = pages.filter((page) => page.state === "waiting").length;
  const name = site || (waiting === pages.length ? "waiting" : "unknown site");
  const marked = Object.keys(state.work[site]?.marks ?? {}).length;
  return h(
    "section.site",
    {},
    titled && h("h2", {}, h("span", {}, name), h("small", {}, count(pages.length, "page"), marked ? ` · ${marked} marked` : "")),
    h("ul", {}, ...pages.map((page) => drawPage(page, open))),
  );
}

/** @param {PageSummary} page @param {(number: number) => void} open */
function drawPage(page, open) {
  const marks = Object.keys(state.work[page.site]?.marks[String(page.number)] ?? {}).length;
  const facts = page.state === "failed"
    ? h("span.bad", {}, page.problem)
    : page.state === "waiting"
      ? h("span", {}, "waiting")
      : h(
          "span.facts",
          {},
          h("meter", { min: 0, max: 1, value: page.kept_share, "aria-label": "share of its text that is kept" }),
          h("span", {}, percent(page.kept_share ?? 0)),
          page.score !== null && page.score !== undefined && h("span", { title: "how sure the classifier is of the page" }, `· sure ${percent(page.score)}`),
          ...(page.flags ?? []).map((flag) => h("span.flag", {}, flag.replaceAll("_", " "))),
        );
  return h(
    "li",
    {},
    h(
      "button.page",
      {
        type: "button",
        onclick: () => open(page.number),
        "aria-current": page.number === state.page?.number ? "page" : null,
        disabled: page.state !== "cleaned",
        title: page.url ?? page.id,
      },
      h("span.title", { dir: "auto" }, page.title),
      facts,
      marks > 0 && h("span.count", { title: "marks" }, marks),
    ),
  );
}

function drawFailures() {
  const failures = state.studio?.failures ?? [];
  return h(
    "section.site",
    {},
    h("h2", {}, h("span", {}, "cannot be read"), h("small", {}, failures.length)),
    h("ul", {}, ...failures.slice(0, 50).map((one) => h("li.failure", {}, h("span.title", {}, one.path), h("span.bad", {}, one.message)))),
  );
}

function drawProgress() {
  const pages = state.studio?.pages ?? [];
  const done = pages.filter((page) => page.state !== "waiting").length;
  const text = done < pages.length ? `${done.toLocaleString("en")} of ${pages.length.toLocaleString("en")} cleaned` : "";
  byId("progress").textContent = [text, state.studio?.notice].filter(Boolean).join(" · ");
}
