/** What stands on a line of somebody's goods. Pure. */
import { shortTitle } from "../shared/select.js";
import { GONE } from "./lists.js";
import { amountFen } from "./weigh.js";

/** The lines of somebody's goods in one session: `{reservation, offer, name}`; what is gone comes last. */
export function linesOf(desk, held) {
  const lines = [...held.reservations.values()].map((reservation) => {
    const offer = desk.offer(reservation);
    return { reservation, offer, name: nameOf(reservation, offer) };
  });
  return [...lines.filter((line) => !isGone(line)), ...lines.filter(isGone)];
}

/** Goods by name and kind: "土鸡蛋 大号". */
export function nameOf(reservation, offer) {
  const variant = offer?.variants?.find((each) => each.id === reservation.variant_id);
  return [offer ? shortTitle(offer) : reservation.offer_id, variant?.name].filter(Boolean).join(" ");
}

/** "土鸡蛋 ×2 箱、苹果 ×1 袋" of the lines that are in one of these states. */
export function inWords(desk, customer, states) {
  const lines = customer.held.flatMap((held) => linesOf(desk, held)).filter(({ reservation }) => states.includes(reservation.state));
  return lines.map(({ reservation, offer, name }) => `${name} ×${reservation.quantity}${offer ? ` ${offer.unit}` : ""}`).join("、");
}

/** What somebody's reservations in one of these states come to, in fen; what was weighed by its weight. */
export function sumFen(customer, states) {
  const counted = customer.reservations.filter(({ state }) => states.includes(state));
  return counted.reduce((sum, reservation) => sum + amountFen(reservation, reservation.weighed), 0n);
}

function isGone({ reservation }) {
  return GONE.includes(reservation.state);
}
