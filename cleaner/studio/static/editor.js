// The form in which a change is edited by hand: what it hits is shown as one types.

/** @import { Case, Change } from "./types.js" */

import { ServerError, post } from "./api.js";
import { drawCounts, kindOf } from "./cards.js";
import { byId, fill, h } from "./dom.js";
import { changed, setWork, show, site, state, wording, work } from "./store.js";

const MATCHERS = ["line", "starts", "ends", "contains", "regex", "selector", "xpath"];
const TRUST = ["", "always"];
/** Keys of a case that have one text a line. */
const LISTS = new Set(["must_keep", "must_drop", "authors", "tags"]);
const CASE_FIELDS = ["must_keep", "must_drop", "title", "authors", "published", "section", "tags", "description"];
const LABELLED = /^\[(\w*)\] (.*)$/;
export const FIELDS = ["title", "authors", "published", "modified", "section", "tags", "description"];
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */

/** @type {string | null} the site whose entry is being edited */
let editing = null;

/** Whether the editor is open and covers the draft: what is typed in it outlasts news of pages and marks, not a change of the site. */
export const isEditing = () => editing !== null && editing === site();

/** Edit a change by hand. @param {Change} change @param {{drafted?: boolean}} [options] whether it is in the draft, where it is then replaced */
export function edit(change, { drafted = false } = {}) {
  editing = site();
  const box = byId("draft");
  /** @type {[string, Input][]} */
  const inputs = [];
  const status = h("p.counts.note", { role: "status" });
  const form = h(
    "form.editor",
    {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        editing = null;
        const { changes } = work();
        const next = readChange(change, inputs);
        const replaces = drafted && changes.includes(change); // it may have been taken out of the draft meanwhile
        setWork({ ...work(), changes: replaces ? changes.map((other) => (other === change ? next : other)) : [...changes, next] });
      },
      oninput: () => preview(readChange(change, inputs), status),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      },
    },
    h("h2", {}, drafted || change.replaces ? "Edit" : "New entry"),
    ...listFields(change).map(([name, input]) => {
      inputs.push([name, input]);
      return h("label", {}, h("span", {}, name), input);
    }),
    status,
    h("div.actions", {}, h("button.strong", { type: "submit" }, drafted ? "Change" : "Add to the draft"), h("button", { type: "button", onclick: close }, "Cancel")),
  );
  fill(box, form);
  box.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement | null} */ (form.querySelector("input[name=value], textarea, input"))?.focus();
  preview(readChange(change, inputs), status);
}

/** Draw the draft again, which the editor covers. */
function close() {
  editing = null;
  show(null);
  changed("work");
}

/** @param {Change} change @returns {[string, Input][]} */
function listFields(change) {
  if (change.table === "metadata") return [["field", makeSelect("field", FIELDS, change.field ?? "title")], ["selector", makeInput("selector", change.selector ?? "")]];
  const trust = makeSelect("trust", TRUST, change.trust ?? "", (value) => value || "if it loses little text");
  if (change.table === "body") return [["selector", makeInput("selector", change.selector ?? "")], ["trust", trust], ["why", makeInput("why", change.why ?? "")]];
  if (change.case) return listCaseFields(change.case);
  const rows = Object.entries(change.matcher ?? {});
  const single = rows.length === 1;
  const labels = (state.studio?.labels ?? []).filter((label) => label.group !== "body").map((label) => label.name);
  /** @type {[string, Input | null][]} */
  const fields = [
    ["label", change.table === "drop" ? makeSelect("label", labels, change.label ?? "other") : null],
    ["matcher", single ? makeSelect("matcher", MATCHERS, kindOf(change)) : null],
    ...rows.map(([name, value]) => /** @type {[string, Input]} */ ([single ? "value" : name, makeValue(single ? "value" : name, value)])),
    ["trust", change.table === "drop" ? trust : null],
    ["why", makeInput("why", change.why ?? "")],
  ];
  return /** @type {[string, Input][]} */ (fields.filter(([, input]) => input));
}

/** Several lines are edited as lines. @param {string} name @param {unknown} value @returns {Input} */
function makeValue(name, value) {
  if (!Array.isArray(value)) return makeInput(name, String(value));
  const input = /** @type {HTMLTextAreaElement} */ (h("textarea", { name, rows: Math.min(value.length + 1, 6), spellcheck: "false" }));
  input.value = value.join("\n");
  return input;
}

/** @param {string} name @param {string} value @returns {HTMLInputElement} */
function makeInput(name, value) {
  return /** @type {HTMLInputElement} */ (h("input", { name, value, autocomplete: "off", spellcheck: "false" }));
}

/** @param {string} name @param {string[]} values @param {string} chosen @returns {HTMLSelectElement} */
function makeSelect(name, values, chosen, write = wording) {
  return /** @type {HTMLSelectElement} */ (h("select", { name }, ...values.map((value) => h("option", { value, selected: value === chosen }, write(value)))));
}

/** What the case has, and what it may ask for. @param {Case} values @returns {[string, Input][]} */
function listCaseFields(values) {
  const names = [...new Set([...Object.keys(values), ...CASE_FIELDS])].filter((name) => name !== "input");
  return names.map((name) => {
    const text = writeValue(values[name] ?? "");
    if (!LISTS.has(name)) return [name, makeInput(name, text)];
    const input = /** @type {HTMLTextAreaElement} */ (h("textarea", { name, rows: Math.min(text.split("\n").length + 1, 8), spellcheck: "false", dir: "auto" }));
    input.value = text;
    return [name, input];
  });
}

/** A value of a case as text: one item a line, with the label of a dropped one in brackets. @param {unknown} value @returns {string} */
export function writeValue(value) {
  if (Array.isArray(value)) return value.map(writeValue).join("\n");
  if (value && typeof value === "object" && "text" in value && "label" in value) return `[${value.label}] ${value.text}`;
  return typeof value === "string" && LABELLED.test(value) ? `[] ${value}` : String(value);
}

/** @param {Case} values @param {Record<string, string>} given @returns {Case} */
function readCase(values, given) {
  const lines = Object.entries(given).map(([name, text]) => /** @type {const} */ ([name, LISTS.has(name) ? readItems(name, text) : text.trim()]));
  return { input: values.input, ...Object.fromEntries(lines.filter(([, value]) => value.length)) };
}

/** @param {string} name @param {string} text */
function readItems(name, text) {
  const lines = text.split("\n").filter((line) => line.trim());
  if (name !== "must_drop") return lines;
  return lines.map((line) => {
    const [, label, rest] = LABELLED.exec(line) ?? [null, "", line];
    return label ? { text: rest, label } : rest;
  });
}

/** @param {Change} change @param {[string, Input][]} inputs @returns {Change} */
function readChange(change, inputs) {
  const given = Object.fromEntries(inputs.map(([name, input]) => [name, input.value]));
  /** @type {Change} */
  const next = { ...change };
  if (change.case) return { ...next, case: readCase(change.case, given) };
  if (given.label) next.label = given.label;
  if (given.trust !== undefined) next.trust = given.trust === "always" ? "always" : null;
  if (given.field) next.field = given.field;
  if (given.selector !== undefined && !change.matcher) next.selector = given.selector;
  if (given.why !== undefined) next.why = given.why;
  if (given.matcher) next.matcher = { [given.matcher]: given.matcher === "line" ? readLines(given.value) : given.value.replaceAll("\n", " ") };
  else if (change.matcher) {
    next.matcher = Object.fromEntries(Object.keys(change.matcher).map((key) => [key, key === "through" ? Number(given[key]) : given[key]]));
  }
  return next;
}

/** @param {string} value */
function readLines(value) {
  const lines = value.split("\n").filter((line) => line.trim());
  return lines.length > 1 ? lines : (lines[0] ?? "");
}

/** @type {AbortController | null} */
let previewing = null;

/** @param {Change} change @param {HTMLElement} status */
async function preview(change, status) {
  previewing?.abort();
  if (change.case) {
    status.textContent = "One text a line; in must_drop, a label in brackets may precede it. The review runs the case.";
    return;
  }
  previewing = new AbortController();
  try {
    const answer = await post("/api/proposals", { site: site(), marks: work().marks, change }, previewing.signal);
    if (!status.isConnected) return;
    show(answer.proposals[0]);
    fill(status, ...drawCounts(answer.proposals[0]));
    status.classList.remove("bad");
  } catch (error) {
    if (error instanceof DOMException) return;
    status.textContent = error instanceof ServerError ? error.message : String(error);
    status.classList.add("bad");
  }
}
