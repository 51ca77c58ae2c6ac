// The article as it comes out: Markdown and metadata.

import { byId, fill, h } from "./dom.js";
import { on, state } from "./store.js";

export function showArticle() {
  on(["page"], () => {
    const page = state.page;
    if (!page?.blocks) return;
    fill(
      byId("article"),
      h("h2", {}, "Metadata"),
      h("dl.facts", {}, ...Object.entries(page.metadata).map(([name, value]) => h("div", {}, h("dt", {}, name.replaceAll("_", " ")), h("dd", { dir: "auto" }, showValue(value))))),
      h("h2", {}, "Markdown"),
      h("pre.markdown", { dir: "auto", tabindex: 0 }, page.markdown),
    );
  });
}

/** @param {unknown} value @returns {string} */
export function showValue(value) {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value)) return value.map(showValue).join(", ") || "none";
  return String(value);
}
