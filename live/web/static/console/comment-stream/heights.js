/** How high the rows of a long list are, and what lies where: a Fenwick tree, so that each answer takes a dozen steps. Pure. */
export class Heights {
  #rows = new Float64Array(1024);
  #sums = new Float64Array(1025);
  #guess;

  count = 0;

  /** `guess`: the height in px of a row that has not been seen. */
  constructor(guess) {
    this.#guess = guess;
  }

  get total() {
    return this.before(this.count);
  }

  /** Begin anew with rows of these heights; `null` for one that has not been seen. */
  fill(heights) {
    this.count = 0;
    this.#sums.fill(0);
    for (const height of heights) this.push(height);
  }

  /** One more row at the end. */
  push(height = null) {
    if (this.count === this.#rows.length) this.#grow();
    const i = this.count;
    this.count += 1;
    this.#rows[i] = height ?? -1;
    const node = i + 1;
    let sum = height ?? this.#guess;
    for (let child = node - 1, low = node - (node & -node); child > low; child -= child & -child) sum += this.#sums[child];
    this.#sums[node] = sum;
  }

  /** The height of a row that has been seen, or null. */
  seen(i) {
    return this.#rows[i] < 0 ? null : this.#rows[i];
  }

  /** Set the height of a row; gives back whether it was another one. */
  set(i, height) {
    const more = height - (this.seen(i) ?? this.#guess);
    this.#rows[i] = height;
    for (let node = i + 1; more !== 0 && node <= this.count; node += node & -node) this.#sums[node] += more;
    return more !== 0;
  }

  /** How high the rows before the `i`-th are together. */
  before(i) {
    let sum = 0;
    for (let node = i; node > 0; node -= node & -node) sum += this.#sums[node];
    return sum;
  }

  /** The row at `y` px from the top; the first or the last where `y` is beyond them, -1 where there are none. */
  at(y) {
    let node = 0;
    let left = y;
    for (let step = 2 ** Math.floor(Math.log2(this.count || 1)); step > 0; step >>= 1) {
      const next = node + step;
      if (next > this.count || this.#sums[next] > left) continue;
      node = next;
      left -= this.#sums[next];
    }
    return Math.min(node, this.count - 1);
  }

  #grow() {
    const rows = new Float64Array(this.#rows.length * 2);
    const sums = new Float64Array(rows.length + 1);
    rows.set(this.#rows);
    sums.set(this.#sums);
    this.#rows = rows;
    this.#sums = sums;
  }
}
