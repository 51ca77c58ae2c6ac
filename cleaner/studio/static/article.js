// The article as it comes out: Markdown and metadata, each of which can be pointed at where it is wrong.

import { byId, fill, h } from "./dom.js";
import { changed, on, state } from "./store.js";

/** The fields that a rule can select, and the label of a block that shows one. @type {Record<string, string>} */
export const FIELD_LABELS = { title: "title", authors: "byline", published: "timestamp", modified: "timestamp", section: "tags", tags: "tags", description: "description" };

/** @param {(field: string) => void} point called when the person wants to point at a field */
export function showArticle(point) {
  on(["page"], () => {
    const page = state.page;
    if (!page?.blocks) return;
    const others = Object.keys(page.metadata).filter((name) => !(name in FIELD_LABELS));
    const canPoint = page.kind === "html";
    fill(
      byId("article"),
      h("h2", {}, "Metadata"),
      h(
        "dl.facts",
        {},
        ...Object.keys(FIELD_LABELS).map((name) => drawFact(name, page.metadata[name], canPoint ? point : null)),
        ...others.map((name) => drawFact(name, page.metadata[name], null)),
      ),
      canPoint ? null : h("p.note", {}, "A dump has no elements, so its metadata cannot be pointed at."),
      h("h2", {}, "Markdown"),
      h("pre.markdown", { dir: "auto", tabindex: 0 }, page.markdown),
    );
  });
}

/** @param {string} name @param {unknown} value @param {((field: string) => void) | null} point */
function drawFact(name, value, point) {
  const shown = showValue(value);
  const words = name.replaceAll("_", " ");
  return h(
    "div",
    {},
    h("dt", {}, words),
    h("dd", { dir: "auto", class: shown === "none" ? "none" : null }, shown),
    point && h("dd.point", {}, h("button.quiet", { type: "button", "aria-label": `Point at the ${words} in the page`, onclick: () => point(name) }, "Point at it")),
  );
}

/** Begin or end pointing at a field. @param {string | null} field */
export function setPointing(field) {
  state.pointing = field;
  changed("pointing");
}

/** @param {unknown} value @returns {string} */
export function showValue(value) {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value)) return value.map(showValue).join(", ") || "none";
  return String(value);
}
