/** Why something was not done, where it was tapped: read out at once, and gone with the next try. */
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

export function refusalBox() {
  const box = h("div", { class: "refusal", role: "alert" });
  box.hidden = true;
  return box;
}

/** Show a `Refused`, or a fault of ours in the same shape; null hides the box. */
export function showRefusal(box, refused) {
  box.hidden = refused === null;
  if (refused === null) return box.replaceChildren();
  const lines = [...new Set([refused.why, refused.todo].filter((line) => line && line !== refused.what))];
  box.replaceChildren(icon("trouble"), h("div", {}, h("strong", {}, refused.what), ...lines.map((line) => h("p", {}, line))));
  box.scrollIntoView({ block: "nearest" });
  return box;
}

/** Whatever was thrown, for people. */
export function asRefusal(error, words) {
  return error.what === undefined ? { ...words.other, why: error.message } : error;
}
