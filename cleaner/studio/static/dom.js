// Making elements: texts are always texts, as the page's policy refuses markup made of strings.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` are listeners; true is an attribute without a value
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on") && typeof value === "function") {
      element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    } else if (key.startsWith("aria-") && typeof value === "boolean") element.setAttribute(key, String(value));
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  append(element, children);
  return element;
}

/** @param {Element} parent @param {(Child | Child[])[]} children */
function append(parent, children) {
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) parent.append(child instanceof Node ? child : String(child));
  }
}

/** @param {Element} parent @param {...(Child | Child[])} children */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** @param {string} id @returns {HTMLDialogElement} */
export function dialog(id) {
  return /** @type {HTMLDialogElement} */ (byId(id));
}

/** Tell those who listen. @param {string} text */
export function say(text) {
  byId("say").textContent = text;
}

let toasting = 0;

/** @param {string} text @param {{bad?: boolean, action?: string, run?: () => void}} [options] */
export function toast(text, options = {}) {
  const { action, run, bad } = options;
  const box = byId("toast");
  fill(box, h("span", {}, text), action && h("button", { type: "button", onclick: () => { box.classList.remove("shown"); run?.(); } }, action));
  box.classList.toggle("bad", Boolean(bad));
  box.classList.add("shown");
  clearTimeout(toasting);
  toasting = window.setTimeout(() => box.classList.remove("shown"), action || bad ? 9000 : 3500);
}

/** @param {number} share @returns {string} */
export function percent(share) {
  return `${share > 0 && share < 0.01 ? "<1" : Math.round(100 * share)}\u00a0%`;
}

/** @param {number} count @param {string} one @param {string} [many] @returns {string} */
export function count(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
