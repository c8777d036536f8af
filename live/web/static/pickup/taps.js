/**
 * Taps on their way: each is sent with keys of its own, so that it takes effect once however often it is sent again.
 * A handing over that could not be sent stays, and says so, until somebody sends it again or it is no longer of use: the
 * goods are gone. Any other tap that could not be sent is told of and forgotten.
 */
import { idempotencyKey, post, Refused } from "../shared/commands.js";
import { whoIs } from "../shared/who.js";

export class Taps {
  #options;
  #taps = new Set();

  /**
   * `words`: the pages' words for errors; `called`: what the others call a counter whose phone has no name;
   * `reached(room, seq)` waits for an event; `onChange()`: a tap has moved on; `onSent(about)`: all of one has taken
   * effect, at the first try or a later one.
   */
  constructor(options) {
    this.#options = options;
  }

  /** Where a reservation's tap stands: "sending", "unsent", or null. */
  of(reservationId) {
    return this.#holding(reservationId)?.state ?? null;
  }

  /** Whether one of our own taps is about this reservation: its event is no news from elsewhere. */
  isOurs(reservationId) {
    return this.#holding(reservationId) !== undefined;
  }

  /** The handing over of one of these reservations that could not be sent; null for none. */
  unsent(ids) {
    return [...this.#taps].find((tap) => tap.state === "unsent" && tap.ids.some((id) => ids.includes(id))) ?? null;
  }

  /** Forget what could not be sent and has become pointless; `useful(tap)` says which has not. */
  prune(useful) {
    for (const tap of this.#taps) if (tap.state === "unsent" && !useful(tap)) this.#taps.delete(tap);
  }

  /**
   * Send the commands of one tap, `[{room, command}]`, in order. Gives back true when all have taken effect, false when
   * they could not be sent; throws `Refused` when one was refused. `ids`: the reservations concerned; `about`: of a
   * handing over, what `onSent` should know of it.
   */
  send(ids, commands, about = null) {
    const parts = commands.map(({ room, command }) => ({ room, command, key: idempotencyKey(), done: false }));
    const tap = { ids, parts, about, state: "sending" };
    this.#taps.add(tap);
    return this.again(tap);
  }

  /** Send what is left of a tap. */
  async again(tap) {
    this.#turn(tap, "sending");
    try {
      for (const part of tap.parts) if (!part.done) await this.#sendPart(part);
      this.#taps.delete(tap);
      this.#options.onSent(tap.about);
      return true;
    } catch (error) {
      const unsent = error instanceof Refused && error.code === "unreachable";
      if (unsent && tap.about) this.#turn(tap, "unsent");
      else this.#taps.delete(tap);
      if (unsent) return false;
      throw error;
    } finally {
      this.#options.onChange();
    }
  }

  async #sendPart(part) {
    const { words, called, reached } = this.#options;
    const by = { "Linbo-By": encodeURIComponent(whoIs()?.name || called) };
    const { events } = await post(`api/v1/rooms/${encodeURIComponent(part.room)}/commands`, part.command, words, part.key, by);
    part.done = true;
    await reached(part.room, Math.max(0, ...events.map((event) => event.seq)));
  }

  #turn(tap, state) {
    tap.state = state;
    this.#options.onChange();
  }

  #holding(reservationId) {
    return [...this.#taps].find((tap) => tap.ids.includes(reservationId));
  }
}
