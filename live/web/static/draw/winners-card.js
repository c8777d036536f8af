/** Who has won, round by round. */
import { h } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { card } from "./parts.js";

const MEANINGS = Object.freeze({ won: "confirm", claimed: "order", forfeited: "trouble" });

/** `names` are masked; `states` say who has fetched the prize. */
export function winnersCard({ record, names = {}, states = {} }, t) {
  const rounds = Array.isArray(record.rounds) ? record.rounds : [];
  const several = rounds.length > 1;
  return card(
    "won",
    t.won.heading,
    h("p", { class: "prize" }, fill(t.won.prizes, { prize: record.rules?.prize, n: record.rules?.winners })),
    ...rounds.flatMap(({ round, winners, reason }) => [
      several ? h("h3", {}, fill(reason ? t.won.redraw : t.won.round, { n: round, reason })) : null,
      winners.length === 0
        ? h("p", {}, round === 1 ? t.won.none : t.won.noneLeft)
        : h("ol", {}, ...winners.map((entry, i) => winnerLine({ entry, name: names[entry], state: states[entry], place: winners.length > 1 ? i + 1 : null }, t))),
    ]),
    record.entries.length > 0 ? h("p", { class: "quiet" }, t.won.masked) : null,
  );
}

function winnerLine({ entry, name, state, place }, t) {
  return h(
    "li",
    { "data-entry": entry },
    place === null ? null : h("span", { class: "place" }, fill(t.won.place, { n: place })),
    name ? h("strong", {}, name) : null,
    state in MEANINGS ? h("span", { class: "chip", "data-meaning": MEANINGS[state] }, t.won.states[state]) : null,
    h("code", {}, entry),
  );
}
