/** Who is on which list: goods to come, goods to fetch, fetched, and never fetched. Pure. */
import { pointOf } from "./desk.js";

/** The lists, in the order of their tabs, each with the state of a reservation that puts somebody on it. */
export const LISTS = Object.freeze({ ready: "ready", coming: "locked", collected: "collected", missed: "no_show" });

/** What may be handed over: what has arrived, and what somebody did not come for in time. */
export const FETCHABLE = Object.freeze(["ready", "no_show"]);

/** What is of no use at a counter. */
export const GONE = Object.freeze(["cancelled", "expired"]);

/** Everybody of a list who fetches at `point` (its name; null: anywhere). Last come first where goods were fetched. */
export function onList(customers, list, { desk, point = null }) {
  const found = customers.filter((customer) => customer.held.some((held) => isOn(held, list, desk, point)));
  return list === "collected" ? found.sort((a, b) => lastFetched(b).localeCompare(lastFetched(a))) : found;
}

/** How many people are on each list. */
export function counts(customers, { desk, point = null }) {
  return Object.fromEntries(Object.keys(LISTS).map((list) => [list, onList(customers, list, { desk, point }).length]));
}

/** The names of all pickup points at this counter, each once. */
export function pointNames(desk) {
  return [...new Set([...desk.sessions.values()].flatMap(({ cycle }) => cycle.pickup_points.map((point) => point.name)))];
}

/**
 * Goods that are still to come, one entry a cycle and point: `{key, name, pickupAt, sessions: [{id, room, pointId}],
 * people, lines}`. Rooms that share a cycle share its van.
 */
export function arrivals(customers, { desk, point = null }) {
  const found = new Map();
  for (const customer of customers)
    for (const held of customer.held) {
      const waiting = states(held).filter((state) => state === LISTS.coming).length;
      const place = pointOf(desk, held);
      if (waiting === 0 || (point !== null && place?.name !== point)) continue;
      count(found, desk.session(held.session_id), place, customer, waiting);
    }
  return [...found.values()].sort((a, b) => a.pickupAt.localeCompare(b.pickupAt) || a.name.localeCompare(b.name));
}

function count(found, session, place, customer, waiting) {
  const key = `${session.cycle.id || session.id}\n${place?.name ?? ""}`;
  const entry = found.get(key) ?? { key, name: place?.name ?? "", pickupAt: session.cycle.pickup_at, sessions: [], people: new Set(), lines: 0 };
  found.set(key, entry);
  entry.people.add(customer.id);
  entry.lines += waiting;
  if (!entry.sessions.some(({ id }) => id === session.id)) entry.sessions.push({ id: session.id, room: session.room, pointId: place?.id ?? null });
}

function isOn(held, list, desk, point) {
  return states(held).includes(LISTS[list]) && (point === null || pointOf(desk, held)?.name === point);
}

function states(held) {
  return [...held.reservations.values()].map(({ state }) => state);
}

function lastFetched({ reservations }) {
  return reservations.reduce((last, { collected_at: at }) => (at && at > last ? at : last), "");
}
