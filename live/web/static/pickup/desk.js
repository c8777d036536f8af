/**
 * What lies at the counter: the answer of `GET …/pickup`, kept true by the events of its rooms. Each whole object of an
 * event replaces its older self, whether it is of a room's newest session or of an earlier one. Pure.
 */

const BASKET = Object.freeze(["phone_tail", "own_bag", "bag_points", "redeemed_points"]);

export class Desk {
  #people = new Map();
  #told = new Set();

  constructor({ at, rooms, sessions, people }) {
    this.at = at;
    this.seqs = new Map(rooms.map(({ room, seq }) => [room, seq]));
    this.sessions = new Map(sessions.map((session) => [session.id, { ...session, offers: byId(session.offers), giveaways: byId(session.giveaways) }]));
    this.held = new Map();
    for (const person of people) this.#add(person);
  }

  /** Take an event of a room in. Gives back whether the counter must be asked for anew: the event is of what is not here. */
  take(room, { kind, seq, data }) {
    if (seq <= (this.seqs.get(room) ?? 0)) return false;
    this.seqs.set(room, seq);
    const { earlier_session: earlier, earlier: objects } = data;
    return this.#takeObjects(room, kind, earlier, objects ?? data);
  }

  #takeObjects(room, kind, earlier, data) {
    const session = this.sessions.get(earlier ?? data.reservation?.session_id ?? data.giveaway?.session_id ?? data.session?.id ?? this.#newest(room));
    if (kind === "session_started" || !session) return kind === "session_started" || Boolean(data.reservation ?? data.basket);
    if (data.session) this.#putSession(session, data.session);
    if (data.offer) session.offers.set(data.offer.id, data.offer);
    if (data.giveaway) session.giveaways.set(data.giveaway.id, data.giveaway);
    if (data.reservation) this.#putReservation(session, data.reservation);
    if (data.basket) this.#putBasket(session, data.basket);
    return false;
  }

  /** Everybody with goods here, by their first number, as the papers list them: older sessions first. */
  customers() {
    const mine = new Map();
    const order = new Map([...this.sessions.keys()].map((id, place) => [id, place]));
    const lettered = this.#lettered();
    for (const held of this.held.values()) {
      const id = this.#people.get(held.viewer.key)?.id ?? held.viewer.key;
      if (!mine.has(id)) mine.set(id, []);
      mine.get(id).push(held);
    }
    const before = (a, b) => order.get(a.session_id) - order.get(b.session_id) || a.number - b.number;
    const made = [...mine].map(([id, held]) => this.#customer(id, held, [...held].sort(before)[0], lettered));
    return made.sort((a, b) => before(a.first, b.first) || a.name.localeCompare(b.name));
  }

  /** A number in line as papers print it: "12", or "B12" where more than one session of its cycle has sold something. */
  line({ session_id: id, letter, number }, lettered = this.#lettered()) {
    return lettered.has(this.session(id).cycle.id) ? `${letter}${number}` : String(number);
  }

  session(id) {
    return this.sessions.get(id);
  }

  offer(reservation) {
    return this.sessions.get(reservation.session_id)?.offers.get(reservation.offer_id) ?? null;
  }

  #add({ id, keys, points, no_shows: noShows, baskets }) {
    for (const { line_number: line, ...basket } of baskets) {
      const { letter, cycle } = this.session(basket.session_id);
      if (line && line !== String(basket.number)) this.#told.add(cycle.id);
      this.held.set(basket.pickup_code, { ...basket, letter, reservations: byId(basket.reservations) });
    }
    const here = baskets.reduce((sum, basket) => sum + basket.bag_points - basket.redeemed_points, 0);
    const missedHere = baskets.flatMap((basket) => basket.reservations).filter((each) => each.state === "no_show").length;
    const person = { id, keys, elsewhere: points - here, missedElsewhere: noShows - missedHere };
    for (const key of keys) this.#people.set(key, person);
  }

  /** The cycles of which more than one session has sold something: as the answer said, and since. */
  #lettered() {
    const sold = [...new Set([...this.held.values()].map((held) => held.session_id))].map((id) => this.session(id).cycle.id);
    return new Set([...this.#told, ...sold.filter((cycle, place) => cycle && sold.indexOf(cycle) !== place)]);
  }

  #newest(room) {
    const here = [...this.sessions.values()].filter((session) => session.room === room);
    return here.reduce((last, each) => (last && last.started_at > each.started_at ? last : each), null)?.id;
  }

  #putSession(session, { title, state, cycle }) {
    Object.assign(session, { title, state, cycle });
  }

  #putReservation(session, reservation) {
    const held = this.held.get(reservation.pickup_code) ?? this.#hold(session, reservation);
    held.viewer = reservation.viewer;
    held.reservations.set(reservation.id, reservation);
  }

  #hold(session, { viewer, pickup_code: code, position }) {
    const said = { pickup_point_id: session.cycle.pickup_points[0]?.id ?? null, phone_tail: null, own_bag: false, bag_points: 0, redeemed_points: 0 };
    const held = { session_id: session.id, room: session.room, viewer, pickup_code: code, number: position, letter: session.letter, ...said, reservations: new Map() };
    this.held.set(code, held);
    return held;
  }

  #putBasket(session, basket) {
    const held = this.held.get(basket.pickup_code);
    if (!held) return;
    for (const name of BASKET) held[name] = basket[name];
    held.pickup_point_id = basket.pickup_point_id ?? session.cycle.pickup_points[0]?.id ?? null;
  }

  /** What somebody has won here and not let go: `{giveaway, prize, entry, room, state}`. */
  #prizes(keys) {
    const found = [];
    for (const { room, giveaways } of this.sessions.values())
      for (const { id, rules, rounds, claim_until: until } of giveaways.values())
        for (const { entry, viewer, state } of rounds.flatMap(({ winners }) => winners))
          if (keys.includes(viewer.key) && state !== "forfeited") found.push({ giveaway: id, prize: rules.prize, entry, room, state, until });
    return found;
  }

  #customer(id, held, first, lettered) {
    const person = this.#people.get(held[0].viewer.key);
    const keys = person?.keys ?? [held[0].viewer.key];
    const reservations = held.flatMap((each) => [...each.reservations.values()]);
    const points = held.reduce((sum, each) => sum + each.bag_points - each.redeemed_points, person?.elsewhere ?? 0);
    const missed = reservations.filter((each) => each.state === "no_show").length;
    return {
      id,
      keys,
      prizes: this.#prizes(keys),
      name: held[0].viewer.name,
      names: [...new Set(held.map((each) => each.viewer.name))],
      weak: held.every((each) => each.viewer.weak),
      first,
      line: this.line(first, lettered),
      tail: held.find((each) => each.phone_tail)?.phone_tail ?? null,
      points,
      noShows: missed + (person?.missedElsewhere ?? 0),
      held,
      reservations,
    };
  }
}

/** The pickup point that goods lie at; null where the session has none. */
export function pointOf(desk, held) {
  const points = desk.session(held.session_id)?.cycle.pickup_points ?? [];
  return points.find((point) => point.id === held.pickup_point_id) ?? null;
}

function byId(list) {
  return new Map(list.map((each) => [each.id, each]));
}
