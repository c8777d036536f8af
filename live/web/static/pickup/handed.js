/** What this phone has handed over in the last minute. Pure. */

export const UNDO_MS = 60_000;

export class Handed {
  #list = [];

  /** Note a handing over: `{name, lines, amount, parts: [{room, code, ids}], at}`; `at` is the service's time. */
  note(one) {
    this.#list.push({ ...one, until: one.at + UNDO_MS });
  }

  /** The last one that may still be taken back at `now`; null for none. */
  last(now) {
    return this.#list.findLast(({ until }) => until > now) ?? null;
  }

  /** It was taken back, or it turned out that it cannot be. */
  forget(one) {
    this.#list = this.#list.filter((each) => each !== one);
  }
}
