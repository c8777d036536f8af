/** An order of cards that does not move under the thumb. Pure. */

/** How long an order stands once it has changed, or once somebody has touched it. */
export const STANDS_MS = 4_000;

/** Nothing held yet. */
export const NO_ORDER = Object.freeze({ ids: Object.freeze([]), at: -Infinity });

/**
 * The order to show: the one that is held for as long as it stands, with what is new below it and what has gone still in
 * its place; then the one that is wanted. `held` is `{ids, at}`, `touchedAt` when somebody last touched it, all on one clock.
 */
export function settle(held, wanted, now, touchedAt) {
  const stands = held.ids.length > 0 && now - Math.max(held.at, touchedAt) < STANDS_MS;
  const ids = stands ? [...held.ids, ...wanted.filter((id) => !held.ids.includes(id))] : wanted;
  if (same(ids, held.ids)) return held;
  return { ids, at: stands ? held.at : now };
}

function same(one, other) {
  return one.length === other.length && one.every((id, i) => id === other[i]);
}
