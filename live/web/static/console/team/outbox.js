/**
 * Commands on their way: written down before they are sent, sent in the order of the taps, each with one key for all its
 * tries, and kept over a reload. What was not answered in time is no longer sent by itself; it waits for a person.
 */
import { backoffMs } from "../../shared/backoff.js";
import { answered, idempotencyKey, Refused, sendOnce } from "../../shared/commands.js";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const GOOD_FOR_MS = 5 * MINUTE_MS;

/** How long a tap is still meant: a call for a 扣1 is stale in seconds, an order of a customer is not. */
const LIMITS_MS = Object.freeze({
  open_prompt: 20 * SECOND_MS,
  show_comment: 20 * SECOND_MS,
  start_flash_sale: 20 * SECOND_MS,
  extend_flash_sale: 20 * SECOND_MS,
  open_poll: 20 * SECOND_MS,
  open_giveaway: 20 * SECOND_MS,
  pin_offer: MINUTE_MS,
  undo_comment: MINUTE_MS,
  answer_question: MINUTE_MS,
  accept_comment: 30 * MINUTE_MS,
  dismiss_comment: 30 * MINUTE_MS,
  reserve: 30 * MINUTE_MS,
  set_quantity: 30 * MINUTE_MS,
  cancel_reservation: 30 * MINUTE_MS,
});

/** The time limit of a command, in ms. */
export function goodForMs({ type }) {
  return LIMITS_MS[type] ?? GOOD_FOR_MS;
}

export class Outbox {
  #options;
  #entries = [];
  #waiters = new Map();
  #awake = null;
  #going = false;
  /** The numbers of the events that this device's commands have made. */
  own = new Set();

  /**
   * `words()`: the words of refusals; `session()`: the id of the session now, or null; `onChange()`: `entries` are others;
   * `onLate(entry, refused)`: what was sent after a reload has been answered, with a refusal or null.
   */
  constructor({ room, store = globalThis.localStorage, send = sendOnce, now = Date.now, ...options }) {
    this.#options = { room, store, send, now, ...options };
    this.#entries = this.#read();
  }

  /** What has not been answered: `{key, command, session, at, n, tried, state}`; "waiting" goes by itself, "failed" waits for a tap. */
  get entries() {
    return this.#entries;
  }

  get busy() {
    return this.#entries.some(({ state }) => state === "waiting");
  }

  /**
   * Send a command `{"type", …}` after those before it; resolves to the answer's body. The same command again, while it is
   * on its way or has failed, is the same tap; one of an earlier evening is not, and goes. Rejects with `Refused`; one that is
   * `kept` can still be sent from here.
   */
  send(command) {
    const same = JSON.stringify(command);
    const alike = this.#entries.filter((entry) => JSON.stringify(entry.command) === same);
    for (const old of alike.filter((entry) => this.#isOfAnotherSession(entry))) this.drop(old);
    const held = alike.find((entry) => !this.#isOfAnotherSession(entry));
    const entry = held ?? { key: idempotencyKey(), command, session: this.#options.session(), at: 0, n: 0, tried: 0, state: "failed" };
    if (!held) this.#entries = [...this.#entries, entry];
    const answer = new Promise((resolve, reject) => {
      this.#waiters.set(entry.key, [...(this.#waiters.get(entry.key) ?? []), { resolve, reject }]);
    });
    if (entry.state === "failed") this.again(entry);
    return answer;
  }

  /** Try again what has failed, with the key that it had. */
  again(entry) {
    const n = 1 + Math.max(0, ...this.#entries.map((each) => each.n));
    Object.assign(entry, { state: "waiting", at: this.#options.now(), n, tried: 0 });
    this.#entries = [...this.#entries.filter((each) => each !== entry), entry];
    this.keep(entry);
    this.wake();
  }

  /** Write an entry down as it is now. */
  keep(entry) {
    this.#write((store) => store.setItem(this.#nameOf(entry), JSON.stringify(entry)));
    this.#options.onChange();
  }

  /** Nobody wants it any more. */
  drop(entry) {
    this.#entries = this.#entries.filter((each) => each !== entry);
    this.#waiters.delete(entry.key);
    this.#write((store) => store.removeItem(this.#nameOf(entry)));
    this.#options.onChange();
  }

  /** Send what waits, now: the line may be up again. */
  wake() {
    this.#awake?.();
    if (!this.#going) this.#go();
  }

  async #go() {
    this.#going = true;
    for (let tries = 0, entry; (entry = this.#next()); ) {
      const answer = await this.#options.send(this.#options.room, entry.command, entry.key);
      if (answer) await this.#settle(entry, answer);
      else await this.#rest(entry, tries);
      tries = answer ? 0 : tries + 1;
    }
    this.#going = false;
  }

  /** The first that waits; those that nobody can still mean are given up, wherever they stand. */
  #next() {
    const now = this.#options.now();
    for (const entry of this.#entries.filter(({ state }) => state === "waiting"))
      if (now - entry.at > goodForMs(entry.command) || this.#isOfAnotherSession(entry)) this.#giveUp(entry);
    return this.#entries.find(({ state }) => state === "waiting");
  }

  #isOfAnotherSession({ session }) {
    const now = this.#options.session();
    return session !== null && now !== null && session !== now;
  }

  #giveUp(entry) {
    entry.state = "failed";
    const refused = Object.assign(new Refused(this.#options.words().unreachable), { kept: true });
    this.#tell(entry, ({ reject }) => reject(refused));
    this.keep(entry);
  }

  async #settle(entry, answer) {
    let refused = null;
    const body = await answered(answer, this.#options.words()).catch((error) => ((refused = error), null));
    for (const { seq } of body?.events ?? []) this.own.add(seq);
    if (!this.#waiters.has(entry.key)) this.#options.onLate(entry, refused);
    this.#tell(entry, ({ resolve, reject }) => (refused ? reject(refused) : resolve(body)));
    this.drop(entry);
  }

  #tell(entry, say) {
    const waiting = this.#waiters.get(entry.key) ?? [];
    this.#waiters.delete(entry.key);
    waiting.forEach(say);
  }

  #rest(entry, tries) {
    entry.tried += 1;
    this.keep(entry);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, backoffMs(tries));
      this.#awake = () => (clearTimeout(timer), resolve());
    });
  }

  #nameOf({ key }) {
    return `${this.#prefix}${key}`;
  }

  get #prefix() {
    return `linbo-out/${this.#options.room}/`;
  }

  #read() {
    const read = [];
    this.#write((store) => {
      for (const name of Object.keys(store)) if (name.startsWith(this.#prefix)) read.push(JSON.parse(store.getItem(name)));
    });
    return read.sort((one, other) => one.n - other.n);
  }

  /** A browser that keeps nothing still sends. */
  #write(act) {
    try {
      act(this.#options.store);
    } catch {
      // full, or forbidden: the entries live as long as the page
    }
  }
}
