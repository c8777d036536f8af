import { at } from "./root.js";

/**
 * The service's clock, as far as a page can know it. A shop's phone may be minutes off, so nothing counts down on it.
 *
 * Every frame with a time says "the service's clock had passed `at` when you got this": the smallest difference seen is
 * the nearest to the truth, the others are later deliveries of older news.
 */
export class ServerClock {
  #ahead = null;
  #now;

  constructor(now = Date.now) {
    this.#now = now;
  }

  /** Take in a time of the service (RFC 3339 or milliseconds) that has just been heard. */
  heard(moment) {
    const serverMs = typeof moment === "number" ? moment : Date.parse(moment);
    if (Number.isNaN(serverMs)) return;
    const ahead = serverMs - this.#now();
    this.#ahead = this.#ahead === null ? ahead : Math.max(this.#ahead, ahead);
  }

  /** Ask the service for its time: a snapshot carries none. To the second, as the `Date` of HTTP is. */
  async ask(url = at("healthz")) {
    const answer = await fetch(url, { cache: "no-store" }).catch(() => null);
    const date = answer?.headers.get("Date");
    if (date) this.heard(date);
    await answer?.text().catch(() => null); // read to its end, or the browser counts it as broken off
  }

  /** The service's time now, in milliseconds since the epoch. */
  now() {
    return this.#now() + (this.#ahead ?? 0);
  }

  /** Milliseconds from now until a moment of the service; never negative. */
  until(at) {
    return Math.max(0, Date.parse(at) - this.now());
  }

  /** Milliseconds since a moment of the service; never negative. */
  since(at) {
    return Math.max(0, this.now() - Date.parse(at));
  }
}
