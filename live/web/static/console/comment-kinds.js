/**
 * Which comments of a session are orders, questions or complaints, wait for the host or are hidden: a byte a comment, so
 * that ten thousand of them are counted and filtered without being here. Pure.
 */
const WAITS = 8;
const HIDDEN = 16;
const KNOWN = 32;
const OF_FILTER = Object.freeze({ all: KNOWN, orders: 1, questions: 2, complaints: 4, confirm: WAITS, hidden: HIDDEN });
const OF_INTENT = Object.freeze({ buy: 1, change: 1, cancel: 1, question: 2, complaint: 4 });

/** What the list can be narrowed to; hidden comments are under "hidden" alone. */
export const FILTERS = Object.freeze(Object.keys(OF_FILTER));

export class CommentKinds {
  #bytes = new Uint8Array(1024);
  #counts = {};

  /** The places of the session's first and last comment in the room's order; null and 0 while there is none. */
  first = null;
  last = 0;

  /** Goes up with every change that is not one more at the end: a list begun with `list` must be made anew. */
  turns = 0;

  /** How many comments the session has had. */
  get size() {
    return this.first === null ? 0 : this.last - this.first + 1;
  }

  /** Forget all: another session. */
  clear() {
    this.#bytes = new Uint8Array(1024);
    this.#counts = {};
    this.first = null;
    this.last = 0;
    this.turns += 1;
  }

  /** Take in what the service knows: `{first, last, orders: [n…], questions, complaints, confirm, hidden}`; what came later stays. */
  begin(told) {
    if (told.first === null) return;
    const { first, last } = this;
    const held = this.#bytes;
    this.clear();
    this.first = told.first;
    this.#reach(Math.max(told.last, last));
    for (const filter of FILTERS) for (const n of told[filter] ?? []) this.#put(n, this.#at(n) | OF_FILTER[filter]);
    for (let n = Math.max(told.last + 1, first ?? 0); n <= last; n += 1) this.#put(n, held[n - first]);
  }

  /** Take in a comment as it is now. Those between it and the last one are there, too, though nothing else is known of them. */
  note(comment) {
    const { n } = comment;
    const byte = kindOf(comment);
    this.first ??= n;
    if (n < this.first) return;
    if (n > this.last) this.#reach(n);
    else if (this.#at(n) !== byte) this.turns += 1;
    this.#put(n, byte);
  }

  /** Whether a comment waits for the host's tap now. */
  settle(n, waits) {
    this.#turn(n, WAITS, waits);
  }

  hide(n, hidden) {
    this.#turn(n, HIDDEN, hidden);
  }

  countOf(filter) {
    return this.#counts[filter] ?? 0;
  }

  /** Add to `list` the places of a filter's comments after the `n`-th, in order. */
  list(filter, after, list) {
    if (this.first === null) return list;
    for (let n = Math.max(after + 1, this.first); n <= this.last; n += 1) if (has(this.#at(n), filter)) list.push(n);
    return list;
  }

  #turn(n, bit, on) {
    if (this.first === null || n < this.first || n > this.last) return;
    this.#put(n, on ? this.#at(n) | bit : this.#at(n) & ~bit);
    this.turns += 1;
  }

  #at(n) {
    return this.#bytes[n - this.first];
  }

  #put(n, byte) {
    const held = this.#at(n);
    if (held === byte) return;
    this.#bytes[n - this.first] = byte;
    for (const filter of FILTERS) {
      const more = Number(has(byte, filter)) - Number(has(held, filter));
      if (more !== 0) this.#counts[filter] = this.countOf(filter) + more;
    }
  }

  #reach(last) {
    const from = Math.max(this.first, this.last + 1);
    this.last = last;
    if (this.size > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(this.size, this.#bytes.length * 2));
      bytes.set(this.#bytes);
      this.#bytes = bytes;
    }
    for (let n = from; n <= last; n += 1) this.#put(n, KNOWN);
  }
}

/** What the shop's own people write is no order and no question, whatever it reads like. */
function kindOf({ intent, outcome, hidden }) {
  const what = outcome === "host" ? 0 : (OF_INTENT[intent] ?? 0);
  return KNOWN | what | (outcome === "needs_confirmation" ? WAITS : 0) | (hidden ? HIDDEN : 0);
}

function has(byte, filter) {
  return (byte & OF_FILTER[filter]) !== 0 && (filter === "hidden" || (byte & HIDDEN) === 0);
}
