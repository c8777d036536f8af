/** Questions that pages ask of a room's state. Pure. */

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

/** What a case is filled with: an offer that is itself sold by the 箱 counts in 份, lest the words say 箱 twice. */
export function caseUnit(offer) {
  return offer.unit === "箱" ? "份" : offer.unit;
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
