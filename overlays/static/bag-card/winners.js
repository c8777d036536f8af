/** Whom a draw names on the picture. Pure. */

/** The comments after closing that witness a draw. */
export const LAMPS = 5;
/** How many names there is room for: on their own, and beside the proof. */
export const MOST = 8;
export const FEW = 3;

/** The winners of all rounds that have not forfeited: the first of `most` (with the word for the others), how many are not shown, and all. */
export function winnersOf(bag, most) {
  const won = bag.rounds.flatMap((round) => round.winners).filter((winner) => winner.state !== "forfeited");
  const shown = won.length > most ? won.slice(0, most - 1) : won;
  return { shown, more: won.length - shown.length, all: won.length };
}
