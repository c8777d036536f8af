/** The small pieces that the cards of a draw are made of. */
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

const COPIED_MS = 2_000;

/** A card with a heading. */
export function card(name, heading, ...children) {
  return h("section", { class: `card ${name}` }, h("h2", {}, heading), ...children);
}

/** Facts, one a line: `[[label, words], …]`; those without words are left out. */
export function facts(lines) {
  const told = lines.filter(([, words]) => words !== null && words !== undefined && words !== "");
  return h("dl", { class: "facts" }, ...told.map(([label, words]) => h("div", {}, h("dt", {}, label), h("dd", {}, words))));
}

/** Something to be compared letter by letter, with a button that copies it. */
export function hash(label, value, t) {
  const button = h("button", { type: "button", class: "button bare copy" }, t.seal.copy);
  const code = h("code", {}, value);
  button.addEventListener("click", () => copy(code, button, t));
  return h("div", { class: "hash" }, h("span", { class: "quiet" }, label), code, button);
}

/** Copied where the browser lets us; marked for the thumb where it does not (plain http, an old one). */
async function copy(code, button, t) {
  getSelection().selectAllChildren(code);
  const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
  if (!done && !document.execCommand("copy")) return;
  button.textContent = t.seal.copied;
  setTimeout(() => (button.textContent = t.seal.copy), COPIED_MS);
}

/** A mark with its word: never by colour alone. */
export function mark(good, words) {
  return h("span", { class: "chip", "data-meaning": good ? "order" : "trouble" }, icon(good ? "check" : "trouble"), words);
}
