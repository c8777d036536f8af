/** Who may be joined with somebody. Pure. */
import { find, isMeantByCode, readQuery } from "../search.js";

const MOST_SHOWN = 5;

/** Who of the others is meant by what was typed, `{fit, weak}`; `weak`: some were left out, who are known by code alone. */
export function joinable(others, text) {
  if (text.trim() === "") return { fit: [], weak: false };
  const query = readQuery(text);
  const found = find(others, query);
  const fit = found.filter((other) => !other.weak || isMeantByCode(other, query));
  return { fit: fit.slice(0, MOST_SHOWN), weak: fit.length < found.length };
}
