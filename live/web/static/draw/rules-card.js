/** What was promised: the rules as they were frozen at the opening. */
import { amount } from "../shared/format.js";
import { h } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { wall } from "./moments.js";
import { card, facts } from "./parts.js";

const isWords = (value) => typeof value === "string" && value !== "";

export function rulesCard({ record, closes_at: closesAt, claim_until: claimUntil }, t) {
  const rules = record.rules ?? {};
  const words = t.prize;
  return card(
    "rules",
    words.heading,
    facts([
      [words.prize, rules.prize],
      [words.value, isWords(rules.prize_value) ? fill(words.worth, { amount: amount(rules.prize_value) }) : null],
      [words.winners, Number.isInteger(rules.winners) ? fill(words.count, { n: rules.winners }) : null],
      [words.who, isWords(rules.who_text) ? rules.who_text : words.everybody],
      [words.how, isWords(rules.keyword) ? fill(words.comment, { keyword: rules.keyword }) : null],
      [words.until, wall(record.closed_at ?? rules.closes_at ?? closesAt, t, { seconds: true })],
      [words.drawing, rules.how],
      [words.claim, claimOf(rules.claim, claimUntil, t)],
    ]),
    h("p", { class: "quiet" }, words.frozen),
  );
}

function claimOf(claim, until, t) {
  const { how, hours } = claim ?? {};
  const words = [
    isWords(how) ? (hours ? fill(t.prize.claimWithin, { how, hours }) : how) : null,
    until ? fill(t.prize.claimUntil, { at: wall(until, t) }) : null,
  ];
  return words.filter(Boolean).join("，");
}
