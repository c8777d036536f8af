/** What of somebody's goods is about to be handed over: what is ticked, what it weighs, whether they brought a bag. Pure. */
import { FETCHABLE } from "./lists.js";
import { amountFen, readWeight } from "./weigh.js";

export class Picking {
  #untaken = new Set();
  #added = new Set();
  #weights = new Map();
  #unweighed = new Set();
  #bag = null;

  /** `customer`: whose goods; they may be joined with others meanwhile, so one of their keys is kept and not their id. */
  constructor(customer) {
    this.key = customer.held[0].viewer.key;
  }

  /** What has arrived is ticked unless it was unticked; what somebody had not come for is not, until it is. */
  isTicked({ id, state }) {
    if (state === "ready") return !this.#untaken.has(id);
    return state === "no_show" && this.#added.has(id);
  }

  toggle({ id, state }) {
    const turned = state === "ready" ? this.#untaken : this.#added;
    if (!turned.delete(id)) turned.add(id);
  }

  ticked(customer) {
    return customer.reservations.filter((reservation) => this.isTicked(reservation));
  }

  typedWeight({ id }) {
    return this.#weights.get(id) ?? "";
  }

  weigh({ id }, text) {
    this.#weights.set(id, text);
  }

  /** The weight that counts; null for none, or for what cannot be read. */
  weightOf(reservation) {
    return this.isUnweighed(reservation) ? null : readWeight(this.typedWeight(reservation));
  }

  /** Whether weighed goods go by what was ordered this time. */
  isUnweighed({ id }) {
    return this.#unweighed.has(id);
  }

  turnWeighing({ id }) {
    if (!this.#unweighed.delete(id)) this.#unweighed.add(id);
  }

  /** The first ticked goods that should be weighed and are not; null when all are. */
  lacksWeight(desk, customer) {
    const lacks = (reservation) => this.weightOf(reservation) === null && !this.isUnweighed(reservation);
    return this.ticked(customer).find((reservation) => desk.offer(reservation)?.weighed && lacks(reservation)) ?? null;
  }

  /** What is ticked comes to, in fen. */
  dueFen(customer) {
    return this.ticked(customer).reduce((sum, reservation) => sum + amountFen(reservation, this.weightOf(reservation)), 0n);
  }

  /** Whether they brought a bag: as they said on their page, until the counter says otherwise. */
  hasBag(customer) {
    return this.#bag ?? customer.held.some((held) => held.own_bag);
  }

  turnBag(customer) {
    this.#bag = !this.hasBag(customer);
  }

  /** The commands that hand over what is ticked: one a pickup code. One bag earns its points once. */
  commands(desk, customer) {
    const bagFor = this.hasBag(customer) ? bagBasket(desk, customer, this) : null;
    return customer.held.map((held) => this.#command(held, held === bagFor)).filter(({ command }) => command.reservation_ids.length > 0);
  }

  #command(held, withBag) {
    const goods = [...held.reservations.values()].filter((reservation) => this.isTicked(reservation));
    const weights = goods.map((reservation) => [reservation.id, this.weightOf(reservation)]).filter(([, weight]) => weight !== null);
    const command = { type: "collect", pickup_code: held.pickup_code, reservation_ids: goods.map(({ id }) => id) };
    return { room: held.room, command: { ...command, weights: Object.fromEntries(weights), own_bag: withBag } };
  }
}

/** The basket that a bag earns points for: the first of those handed over that has not earned any; null for none. */
export function bagBasket(desk, customer, picking) {
  const earns = (held) => desk.session(held.session_id).bag_points > 0 && held.bag_points === 0;
  const goes = (held) => [...held.reservations.values()].some((reservation) => picking.isTicked(reservation));
  return customer.held.find((held) => earns(held) && goes(held)) ?? null;
}

/** Why nothing can be handed over to somebody just now: "coming", "open", "done" or "empty"; null where something can. */
export function whyNothing(customer) {
  const states = new Set(customer.reservations.map(({ state }) => state));
  if (FETCHABLE.some((state) => states.has(state))) return null;
  if (states.has("locked")) return "coming";
  if (states.has("collected")) return "done";
  return states.has("reserved") || states.has("waitlisted") ? "open" : "empty";
}
