/** What this phone saw of a draw before it was drawn, so that it can say later whether anything was changed. */
import { canonical } from "./steps.js";

const PREFIX = "linbo-draw-";

/** What was noted, `{commitment, rules, at}`; null where nothing was, or nothing can be kept. */
export function readNoted(id) {
  try {
    const { commitment, rules, at } = JSON.parse(localStorage.getItem(PREFIX + id));
    return [commitment, rules, at].every((each) => typeof each === "string") ? { commitment, rules, at } : null;
  } catch {
    return null; // none, none of ours, or a browser that keeps nothing
  }
}

/** Note what is seen, the first time; a later sight never takes the place of an earlier one. */
export function note(id, { state, record }, at) {
  if (state === "drawn" || readNoted(id) !== null) return;
  try {
    const seen = { commitment: record.commitment, rules: canonical(record.rules), at };
    localStorage.setItem(PREFIX + id, JSON.stringify(seen));
  } catch {
    return; // a browser that keeps nothing: the viewer may still take a screenshot
  }
}
