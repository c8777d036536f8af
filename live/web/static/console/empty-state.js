/** What stands where nothing is yet: what is missing, and the next step. */
import { h, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

/** Make one; `say(what, next)` fills it. */
export function emptyState(name) {
  const what = h("strong");
  const next = h("p");
  const node = h("div", { class: "empty" }, icon(name), what, next);
  node.say = (whatWords, nextWords) => {
    setText(what, whatWords);
    setText(next, nextWords);
  };
  return node;
}
