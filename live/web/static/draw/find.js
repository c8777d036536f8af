/** Where an entry id stands in a draw. Pure. */
import { standing } from "./ranks.js";
import { groundOf } from "./verify.js";

/** What somebody typed as an entry id: blanks and capitals do not matter. */
export function typedEntry(text) {
  return text.toLowerCase().replace(/[\s…]/gu, "");
}

/**
 * Find the entry whose id begins as typed: `{kind, …values}`; the kinds are the words of `t.find`. `entry` is the whole id where
 * there is one.
 */
export function find(record, text) {
  const typed = typedEntry(text);
  if (typed === "") return { kind: "nothing" };
  if (!/^[0-9a-z_-]+$/u.test(typed)) return { kind: "wrong" };
  const { entries } = groundOf(record);
  const alike = (entries ?? []).filter((entry) => entry.startsWith(typed));
  const [entry] = alike;
  if (alike.length !== 1) return { kind: alike.length === 0 ? "none" : "many", n: alike.length };
  return { entry, ...(wonIn(record, entry) ?? placeOf(record, entry)) };
}

function wonIn({ rounds = [] }, entry) {
  for (const { round, winners } of Array.isArray(rounds) ? rounds : [])
    if (Array.isArray(winners) && winners.includes(entry)) return { kind: "won", round, place: winners.indexOf(entry) + 1 };
  return null;
}

/** The place in the first round: what the winners were taken from the head of. */
function placeOf(record, entry) {
  const ground = groundOf(record);
  if (Object.values(ground).includes(null)) return { kind: "inList" };
  const order = standing({ ...ground, round: 1 });
  const rank = order.findIndex((each) => each.entry === entry) + 1;
  return { kind: "listed", rank, total: order.length, n: ground.count };
}
