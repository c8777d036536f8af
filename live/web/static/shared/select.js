/** Questions that pages ask of a room's state. Pure. */
import { fill } from "./i18n/fill.js";

/** The running session, or null: an ended one is over. */
export function runningSession(state) {
  return state.session?.state === "running" ? state.session : null;
}

export function offerById(state, id) {
  return state.offers.find((offer) => offer.id === id) ?? null;
}

/** The offer being shown (讲解), or null. */
export function pinnedOffer(state) {
  const id = runningSession(state)?.pinned_offer_id;
  return id ? offerById(state, id) : null;
}

/** Offers in the order of their numbers; those without one last. */
export function offersInOrder(state) {
  return [...state.offers].sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.id.localeCompare(b.id));
}

const SHORT = 12;

/** The name before the first space, a dozen letters at most: "土鸡蛋 30 枚" is called 土鸡蛋. */
export function shortTitle(offer) {
  const first = offer.title.trim().split(/\s+/u)[0];
  const name = [...(first.length >= 2 ? first : offer.title)];
  return name.length > SHORT ? `${name.slice(0, SHORT - 1).join("")}…` : name.join("");
}

/** How many more are needed until the last case is full; 0 when it is, or when nothing is sold by the case. */
export function missingToCase(offer) {
  if (!(offer.case_size > 1)) return 0;
  if (offer.reserved === 0) return offer.case_size;
  return (offer.case_size - (offer.reserved % offer.case_size)) % offer.case_size;
}

/** How many are missing to a full case, in words; where the 箱 is what is sold, the case is a 件. */
export function caseWords(offer, t) {
  const words = offer.unit === "箱" ? t.offers.caseOfBoxesShort : t.offers.caseShort;
  return fill(words, { n: missingToCase(offer), unit: offer.unit });
}

/**
 * What books one of an offer by an open call: its keyword, or, where there are several kinds, each kind that is left
 * with the keyword behind it. A bare "1" would not say which.
 */
export function claimsOf(offer, keyword) {
  const kinds = kindsLeft(offer);
  return kinds.length > 0 ? kinds.map((kind) => `${kind.name}${keyword}`) : [keyword];
}

/** The kinds one has to choose between: those that are left, all when none is; none where there is no choice. */
export function kindsLeft({ variants }) {
  if (variants.length < 2) return [];
  const left = variants.filter((variant) => variant.available === null || variant.available > 0);
  return left.length > 0 ? left : variants;
}

/** The places of all who wait, by reservation id: each among those who wait for the same offer, from 1. */
export function waitingPlaces(state) {
  const waiting = state.reservations.filter((reservation) => reservation.state === "waitlisted");
  const inLine = new Map();
  const places = new Map();
  for (const { id, offer_id: offer } of waiting.sort((a, b) => a.position - b.position)) {
    inLine.set(offer, (inLine.get(offer) ?? 0) + 1);
    places.set(id, inLine.get(offer));
  }
  return places;
}

/** How many have reserved the prompt's offer since it opened. */
export function repliesTo(state, prompt) {
  const since = Date.parse(prompt.opened_at);
  const taken = state.reservations.filter(
    (r) => r.offer_id === prompt.ref_id && r.state !== "cancelled" && Date.parse(r.made_at) >= since,
  );
  return taken.length;
}
