/**
 * A list of any length of which the page holds only what is in sight, and a little beside it. Rows may be of any height:
 * they are measured when they are shown. Whoever does not follow the end keeps the row that he reads where it is.
 */
import { Heights } from "./heights.js";

const BESIDE_PX = 480;
const GUESS_PX = 76;
const MOST_PASSES = 3;

export class VirtualRows {
  #scroller;
  #above;
  #list;
  #below;
  #make;
  #show;
  #keys = [];
  #heights = new Heights(GUESS_PX);
  #rows = new Map();
  #spare = [];
  #anchor = null;
  #top = 0;
  #width = 0;

  /** Whether the newest row is kept in sight. */
  follows = true;

  /**
   * `scroller`: what scrolls; `above`, `list` and `below` are all that is in it. `make()` makes an empty row,
   * `show(row, key, place)` fills it and gives back whether anything of it changed.
   */
  constructor({ scroller, above, list, below, make, show }) {
    this.#scroller = scroller;
    this.#above = above;
    this.#list = list;
    this.#below = below;
    this.#make = make;
    this.#show = show;
  }

  get count() {
    return this.#keys.length;
  }

  /** The key of the lowest row that is in sight, or null. */
  get lowest() {
    const i = this.#heights.at(this.#top + this.#scroller.clientHeight - 1);
    return i < 0 ? null : this.#keys[i];
  }

  /** How far the end is below what is in sight, in px. */
  get toEnd() {
    return this.#heights.total - this.#top - this.#scroller.clientHeight;
  }

  /** How many rows have a greater key. */
  after(key) {
    return this.#keys.length - place(this.#keys, key + 1);
  }

  /** Other rows, their keys in order. Heights of those that were there before are kept. */
  replace(keys) {
    const seen = keys.map((key) => {
      const i = place(this.#keys, key);
      return this.#keys[i] === key ? this.#heights.seen(i) : null;
    });
    this.#keys = keys;
    this.#heights.fill(seen);
  }

  /** More rows at the end. */
  append(keys) {
    for (const key of keys) this.#keys.push(key), this.#heights.push();
  }

  /** How far somebody has scrolled, in px, since the list was last put where it belongs. What is there now is what is read. */
  scrolledBy() {
    const by = this.#scroller.scrollTop - this.#top;
    if (Math.abs(by) < 1) return 0;
    this.#hold();
    return by;
  }

  #hold() {
    this.#top = this.#scroller.scrollTop;
    const i = this.#heights.at(this.#top);
    this.#anchor = i < 0 ? null : { key: this.#keys[i], within: this.#top - this.#heights.before(i) };
  }

  /** Bring the page to what is in sight now. */
  draw() {
    const view = this.#scroller.clientHeight;
    if (view === 0) return;
    this.#turn();
    if (!this.follows) this.scrolledBy();
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const top = this.#wanted(view);
      const changed = this.#lay(this.#heights.at(top - BESIDE_PX), this.#heights.at(top + view + BESIDE_PX));
      if (!changed || !this.#measure()) break;
    }
    this.#space();
    this.#scrollTo(this.#wanted(view));
  }

  /** Rows of another width are of another height. */
  #turn() {
    const width = this.#scroller.clientWidth;
    if (width === this.#width) return;
    this.#width = width;
    this.#heights.fill(this.#keys.map(() => null));
    for (const row of this.#rows.values()) row.measured = false;
  }

  #wanted(view) {
    const end = Math.max(0, this.#heights.total - view);
    if (this.follows || this.#anchor === null) return end;
    const i = Math.min(place(this.#keys, this.#anchor.key), this.count - 1);
    return Math.min(end, Math.max(0, this.#heights.before(i) + this.#anchor.within));
  }

  /** Have the rows from `first` to `last` on the page and no others; gives back whether one has to be measured. */
  #lay(first, last) {
    this.range = { first: Math.max(0, first), last };
    const wanted = new Set(this.#keys.slice(this.range.first, last + 1));
    for (const [key, row] of this.#rows) if (!wanted.has(key)) this.#putAway(key, row);
    let before = this.#list.firstElementChild;
    let place = this.range.first;
    let unmeasured = false;
    for (const key of wanted) {
      const row = this.#rowOf(key);
      if (row === before) before = before.nextElementSibling;
      else this.#list.insertBefore(row, before);
      if (this.#show(row, key, place)) row.measured = false;
      unmeasured ||= this.#isDue(row, place);
      place += 1;
    }
    return unmeasured;
  }

  #rowOf(key) {
    if (!this.#rows.has(key)) {
      const row = this.#spare.pop() ?? this.#make();
      row.measured = false;
      this.#rows.set(key, row);
    }
    return this.#rows.get(key);
  }

  #putAway(key, row) {
    row.remove(); // with the focus, which must not come to be on another comment
    this.#rows.delete(key);
    this.#spare.push(row);
  }

  /** Measure what is new or has changed; gives back whether any was not as high as it was thought to be. */
  #measure() {
    let other = false;
    let i = this.range.first;
    for (const row of this.#list.children) {
      if (this.#isDue(row, i) && this.#heights.set(i, row.getBoundingClientRect().height)) other = true;
      row.measured = true;
      i += 1;
    }
    return other;
  }

  #isDue(row, i) {
    return !row.measured || this.#heights.seen(i) === null;
  }

  #space() {
    const { first, last } = this.range;
    this.#above.style.height = `${this.#heights.before(first)}px`;
    this.#below.style.height = `${this.#heights.total - this.#heights.before(last + 1)}px`;
  }

  #scrollTo(top) {
    if (Math.abs(this.#scroller.scrollTop - top) >= 1) this.#scroller.scrollTop = top;
    this.#top = this.#scroller.scrollTop;
    if (this.follows) this.#hold();
  }
}

/** The first place in sorted `keys` of one that is not smaller than `key`. */
function place(keys, key) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
