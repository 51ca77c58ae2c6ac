// The labels, each with a letter: opened at the pointer or by a key, closed by the choice.

import { dialog, fill, h } from "./dom.js";
import { apply } from "./inspector.js";
import { labelInfo, state, wording } from "./store.js";

/** @type {Record<string, string>} */
export const LETTERS = {
  navigation: "n", related: "r", share: "s", newsletter: "l", advertisement: "v", promo: "p", paywall: "w", donation: "m",
  comments: "c", ticker: "k", consent: "i", legal: "y", duplicate: "u", other: "x",
  title: "t", description: "e", byline: "b", timestamp: "d", caption: "a", tags: "g", author_bio: "o",
};

/** @param {{x: number, y: number} | null} at */
export function openPalette(at) {
  if (!state.chosen.size) return;
  const box = dialog("palette");
  const pick = (/** @type {string} */ name) => { box.close(); apply(name); };
  const column = (/** @type {string} */ title, /** @type {string[]} */ names) => h(
    "div",
    {},
    h("h3", {}, title),
    ...names.map((name) => h(`button.l-${name}`, { type: "button", onclick: () => pick(name), title: labelInfo(name).meaning }, h("kbd", {}, LETTERS[name]), h("span", {}, wording(name)))),
  );
  const names = Object.keys(LETTERS);
  fill(
    box,
    h("h2.unseen", { id: "palette-title" }, "What is it?"),
    h("div.columns", {}, column("Boilerplate", names.slice(0, 14)), column("About the article", names.slice(14))),
  );
  box.onkeydown = (event) => {
    const found = names.find((name) => LETTERS[name] === event.key.toLowerCase());
    if (found && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      pick(found);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const buttons = [...box.querySelectorAll("button")];
      const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
      buttons[(place + (event.key === "ArrowDown" ? 1 : buttons.length - 1)) % buttons.length].focus();
      event.preventDefault();
    }
  };
  box.onclick = (event) => { if (event.target === box) box.close(); };
  box.showModal();
  place(box, at);
}

/** @param {HTMLDialogElement} box @param {{x: number, y: number} | null} at */
function place(box, at) {
  if (!at || innerWidth < 640) {
    box.style.removeProperty("left");
    box.style.removeProperty("top");
    box.classList.remove("placed");
    return;
  }
  const { width, height } = box.getBoundingClientRect();
  box.classList.add("placed");
  box.style.left = `${Math.max(8, Math.min(at.x, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(at.y, innerHeight - height - 8))}px`;
}
