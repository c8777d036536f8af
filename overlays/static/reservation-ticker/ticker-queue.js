/** Which line the ticker shows next: every order its moment, and a rush in one line. Pure but for its own list. */

const MOST_WAITING = 4;

export class TickerQueue {
  #waiting = [];

  /** Put a line at the end; beyond a few, those in between become one line `{more: n}`. */
  add(line) {
    this.#waiting.push(line);
    if (this.#waiting.length <= MOST_WAITING) return;
    const [first, ...rest] = this.#waiting;
    const last = rest.pop();
    this.#waiting = [first, { more: rest.reduce((sum, each) => sum + (each.more ?? 1), 0) }, last];
  }

  /** Take the next line, or null. */
  next() {
    return this.#waiting.shift() ?? null;
  }
}
