// The page as it looks. The frame runs no script and takes no pointer: this module finds, from outside, the block under it.

import { byId, fill, h } from "./dom.js";
import { choose, isBody, on, pageMarks, shownHits, state } from "./store.js";

const MAX_HEIGHT = 120_000;
const WIDTH = 980;
/** @type {HTMLIFrameElement | null} */
let frame = null;
let shownAs = "";
let scale = 1;
/** @type {(at: {x: number, y: number} | null) => void} */
let openMenu = () => {};

/** @param {(at: {x: number, y: number} | null) => void} menu opens the labels at a place */
export function showFrame(menu) {
  openMenu = menu;
  on(["page", "view"], load);
  on(["choice", "work", "shown"], paint);
  listenToPointer(byId("sheet"));
  new ResizeObserver(fit).observe(byId("sight"));
}

function load() {
  const page = state.page;
  if (!page || !page.tickets || state.view === "blocks" || state.view === "article") return;
  const address = `/frame/${page.number}?pictures=${state.pictures ? 1 : 0}&ticket=${page.tickets[state.pictures ? 1 : 0]}`;
  if (address === shownAs) {
    paint();
    fit();
    return;
  }
  shownAs = address;
  frame = /** @type {HTMLIFrameElement} */ (h("iframe", {
    src: address,
    sandbox: "allow-same-origin",
    referrerpolicy: "no-referrer",
    tabindex: -1,
    title: "the page as it looks, without scripts",
  }));
  frame.inert = true;
  frame.addEventListener("load", () => { paint(); fit(); reveal(); });
  fill(byId("sheet"), frame);
  byId("sight").scrollTop = 0;
}

/** The frame is as high as its page, so that the pane scrolls, and as wide as a screen, scaled to the pane. */
function fit() {
  const inside = frame?.contentDocument?.documentElement;
  const pane = byId("sight").clientWidth;
  if (!frame || !inside || !pane) return;
  const wide = Math.max(pane, Math.min(WIDTH, pane * 1.6));
  scale = pane / wide;
  frame.style.width = `${wide}px`;
  frame.style.height = "400px";
  const height = Math.min(Math.max(inside.scrollHeight, frame.contentDocument?.body?.scrollHeight ?? 0), MAX_HEIGHT);
  frame.style.height = `${Math.max(height, byId("sight").clientHeight / scale)}px`;
  frame.style.transform = `scale(${scale})`;
  byId("sheet").style.height = `${height * scale}px`;
}

/** @param {number} block @returns {HTMLElement | null} */
function elementOf(block) {
  return frame?.contentDocument?.querySelector(`[data-b~="${block}"]`) ?? null;
}

/** Colour the blocks in the frame as those in the list. */
function paint() {
  const inside = frame?.contentDocument;
  const page = state.page;
  if (!inside || !page) return;
  const marks = pageMarks();
  const hits = shownHits();
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (inside.querySelectorAll("[data-b]"))) {
    const numbers = (element.dataset.b ?? "").split(" ").map(Number);
    const marked = numbers.find((number) => marks[number]);
    const keeps = marked !== undefined ? isBody(marks[marked]) : numbers.some((number) => page.blocks[number]?.keep);
    const data = element.dataset;
    const shown = marked ?? numbers.find((number) => !page.blocks[number]?.keep) ?? numbers[0];
    data.label = marks[shown] ?? page.blocks[shown]?.label ?? "other";
    data.fate = keeps ? "keep" : "drop";
    set(data, "hit", numbers.map((number) => hits.get(number)).find((effect) => effect && effect !== "same"));
    set(data, "mark", marked !== undefined ? "" : undefined);
    set(data, "chosen", numbers.some((number) => state.chosen.has(number)) ? "" : undefined);
  }
}

/** @param {DOMStringMap} data @param {string} name @param {string | undefined} value */
function set(data, name, value) {
  if (value === undefined) delete data[name];
  else data[name] = value;
}

/** @param {PointerEvent | MouseEvent} event @returns {number | null} the block under the pointer */
function blockAt(event) {
  const inside = frame?.contentDocument;
  if (!frame || !inside) return null;
  const box = frame.getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  const under = inside.elementFromPoint(x, y);
  const element = /** @type {HTMLElement | null} */ (under?.closest("[data-b]") ?? under?.querySelector("[data-b]") ?? null);
  const numbers = (element?.dataset.b ?? "").split(" ").filter(Boolean).map(Number).filter((number) => state.page?.blocks[number]);
  if (numbers.length < 2) return numbers[0] ?? null;
  const line = inside.caretPositionFromPoint?.(x, y)?.offsetNode.textContent ?? "";
  const start = line.trim().replaceAll(/\s+/g, " ").slice(0, 40);
  return numbers.find((number) => start && state.page?.blocks[number].text.replaceAll(/\s+/g, " ").includes(start)) ?? numbers[0];
}

/** @param {HTMLElement} sheet */
function listenToPointer(sheet) {
  let dragging = false;
  sheet.addEventListener("pointerdown", (event) => {
    const block = event.button === 0 ? blockAt(event) : null;
    if (block === null) return;
    dragging = event.pointerType === "mouse";
    choose(block, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
    if (dragging) event.preventDefault();
    byId("blocks").focus({ preventScroll: true });
  });
  sheet.addEventListener("pointermove", (event) => {
    const block = blockAt(event);
    hover(block);
    if (dragging && event.buttons & 1 && block !== null && block !== state.focus) choose(block, { extend: true });
  });
  sheet.addEventListener("pointerleave", () => hover(null));
  window.addEventListener("pointerup", () => { dragging = false; });
  sheet.addEventListener("contextmenu", (event) => {
    const block = blockAt(event);
    if (block === null) return;
    event.preventDefault();
    if (!state.chosen.has(block)) choose(block);
    openMenu({ x: event.clientX, y: event.clientY });
  });
}

let hovered = -1;

/** Outline a block in both views. @param {number | null} block */
export function hover(block) {
  const next = block ?? -1;
  if (next === hovered) return;
  for (const [number, value] of /** @type {[number, string | undefined][]} */ ([[hovered, undefined], [next, ""]])) {
    if (number < 0) continue;
    const element = elementOf(number);
    if (element) set(element.dataset, "hover", value);
    const row = document.getElementById(`b${number}`);
    if (row) row.classList.toggle("hover", value !== undefined);
  }
  hovered = next;
}

/** Scroll the frame to the block in focus, if it is not in sight. */
export function reveal() {
  const element = elementOf(state.focus);
  const pane = byId("sight");
  if (!element || !frame || !pane.clientHeight) return;
  const box = element.getBoundingClientRect();
  if (!box.height) return;
  const top = box.top * scale - pane.scrollTop;
  if (top < 20 || top + Math.min(box.height * scale, 200) > pane.clientHeight - 20) {
    pane.scrollTo({ top: box.top * scale - pane.clientHeight / 3, behavior: "auto" });
  }
}
