/** What stands where a picture of the goods would: the first letter of their name on a ground of their own. */
import { h } from "../shared/dom.js";

const HUES = Object.freeze([24, 48, 96, 152, 200, 262, 330]);

/** The letter to show: the first that is one; a bracket or a quotation mark is not. */
export function letterOf(title) {
  return [...title].find((each) => /[\p{L}\p{N}]/u.test(each)) ?? "·";
}

/** The same goods have the same colour every evening. */
export function hueOf(title) {
  const sum = [...title].reduce((so_far, each) => (so_far * 31 + each.codePointAt(0)) % 9973, 7);
  return HUES[sum % HUES.length];
}

export function tile(title) {
  const node = h("span", { class: "tile", "aria-hidden": "true" }, letterOf(title));
  node.style.setProperty("--hue", String(hueOf(title)));
  return node;
}
