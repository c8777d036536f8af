/** Who has won, round by round. */
import { h } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { card } from "./parts.js";

export function winnersCard({ record, names = {} }, t) {
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
        : h("ol", {}, ...winners.map((entry, i) => winnerLine(entry, names[entry], i + 1, winners.length > 1, t))),
    ]),
    record.entries.length > 0 ? h("p", { class: "quiet" }, t.won.masked) : null,
  );
}

function winnerLine(entry, name, place, ranked, t) {
  return h(
    "li",
    { "data-entry": entry },
    ranked ? h("span", { class: "place" }, fill(t.won.place, { n: place })) : null,
    name ? h("strong", {}, name) : null,
    h("code", {}, entry),
  );
}
