/** How fast an offer goes, from the orders of the last minutes on the service's clock. Pure. */

const MINUTE_MS = 60_000;
const LOOKS_BACK_MS = 2 * MINUTE_MS;
const FEWEST_ORDERS = 4;
const LONGEST_MIN = 60;
const TAKEN = new Set(["reserved", "waitlisted", "locked"]);

/**
 * By offer `{perMinute, minutes}`: how many go a minute, and in how many minutes none will be left (0: in less than one;
 * null: none is left now, or it takes over an hour). Offers with too few orders to tell are not in it, nor those where one
 * order is more than all others. `now`: the service's time, ms. Reservations come in the order in which they were made.
 */
export function paces({ offers, reservations }, now) {
  const recent = byOffer(reservations, now - LOOKS_BACK_MS);
  const told = offers.map((offer) => [offer.id, paceOf(offer, recent.get(offer.id) ?? [], now)]);
  return new Map(told.filter(([, pace]) => pace !== null));
}

/** The last orders come last: whatever was made before `since` ends the look. */
function byOffer(reservations, since) {
  const found = new Map();
  for (let i = reservations.length - 1; i >= 0; i -= 1) {
    const { made_at: at, offer_id: id, quantity, state } = reservations[i];
    const made = Date.parse(at);
    if (made < since) break;
    if (TAKEN.has(state)) found.set(id, [...(found.get(id) ?? []), { made, quantity }]);
  }
  return found;
}

function paceOf(offer, orders, now) {
  const quantity = orders.reduce((sum, order) => sum + order.quantity, 0);
  const largest = Math.max(0, ...orders.map((order) => order.quantity));
  if (orders.length < FEWEST_ORDERS || largest * 2 > quantity) return null;
  const since = Math.min(...orders.map(({ made }) => made));
  const perMinute = quantity / (Math.max(MINUTE_MS, now - since) / MINUTE_MS);
  return { perMinute: Math.round(perMinute), minutes: minutesLeft(offer.available, perMinute) };
}

function minutesLeft(available, perMinute) {
  const minutes = available / perMinute;
  if (available <= 0 || minutes > LONGEST_MIN) return null;
  return minutes < 1 ? 0 : Math.round(minutes);
}
