/**
 * A list of any length of which the page holds only what is in sight, and a little beside it. Rows may be of any height:
 * they are measured when they are shown. Whoever does not follow the end keeps the row that he reads where it is.
 */
import { Heights } from "./heights.js";

const BESIDE_PX = 480;
const LEAST_BESIDE_PX = 80;
const STEP_PX = 100;
const CALM_MS = 300;
const GUESS_PX = 76;
const MOST_PASSES = 3;
const AT_REST_MS = 150;
const NOWHERE = Object.freeze({ first: Infinity, last: -1 });
const TELLS_REST = "onscrollend" in window;

export class VirtualRows {
  #scroller;
  #above;
  #list;
  #below;
  #make;
  #onChange;
  #show;
  #keys = [];
  #heights = new Heights(GUESS_PX);
  #rows = new Map();
  #spare = [];
  #anchor = null;
  #top = 0;
  #drift = 0;
  #scrolls = false;
  #timer = null;
  #view = 0;
  #beside = LEAST_BESIDE_PX;
  #wider = null;
  #cameAt = -CALM_MS;
  #width = 0;

  /** Whether the newest row is kept in sight. */
  follows = true;

  /**
   * `scroller`: what scrolls; `above`, `list` and `below` are all that is in it. `make()` makes an empty row,
   * `show(row, key, place)` fills it and gives back whether anything of it changed; `onChange()` asks for a drawing.
   */
  constructor({ scroller, above, list, below, make, show, onChange }) {
    this.#onChange = onChange;
    this.#scroller = scroller;
    this.#above = above;
    this.#list = list;
    this.#below = below;
    this.#make = make;
    this.#show = show;
    new ResizeObserver(() => this.#resized()).observe(scroller);
    if (TELLS_REST) scroller.addEventListener("scrollend", () => this.#atRest());
  }

  get count() {
    return this.#keys.length;
  }

  /** The key of the lowest row that is in sight, or null. */
  get lowest() {
    const i = this.#heights.at(this.#top - this.#drift + this.#view - 1);
    return i < 0 ? null : this.#keys[i];
  }

  /** How far the end is below what is in sight, in px. */
  get toEnd() {
    return this.#heights.total + this.#drift - this.#top - this.#view;
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
    const now = performance.now();
    if (this.follows && now - this.#cameAt < CALM_MS) this.#beside = LEAST_BESIDE_PX;
    this.#cameAt = now;
    for (const key of keys) this.#keys.push(key), this.#heights.push();
  }

  /** How far somebody has scrolled, in px, since the list was last put where it belongs. What is there now is what is read. */
  scrolledBy() {
    const by = this.#scroller.scrollTop - this.#top;
    if (Math.abs(by) < 1) return 0;
    this.#scrolls = true;
    if (Math.abs(by) > this.#view) this.#beside = LEAST_BESIDE_PX; // all that was beside is gone
    this.#hold();
    if (TELLS_REST) return by;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#atRest(), AT_REST_MS);
    return by;
  }

  /** Read on at the first row (0) or the last (1). */
  jump(end) {
    this.#scrolls = false;
    this.#beside = LEAST_BESIDE_PX;
    this.#anchor = { key: this.#keys.at(end === 0 ? 0 : -1) ?? 0, within: end === 0 ? 0 : this.#view };
  }

  #hold() {
    this.#top = this.#scroller.scrollTop;
    const below = Math.min(this.#end, Math.max(0, this.#top - this.#drift));
    const top = this.#top < 1 && below < this.#view ? 0 : below; // the first row is at the very top, whatever was thought
    const i = this.#heights.at(top);
    this.#anchor = i < 0 ? null : { key: this.#keys[i], within: top - this.#heights.before(i) };
  }

  #atRest() {
    this.#scrolls = false;
    if (this.#drift !== 0) this.#onChange();
  }

  /** Bring the page to what is in sight now; the page is laid out once, or, where rows are higher than thought, twice. */
  draw() {
    if (this.#view === 0) return;
    this.range = NOWHERE;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const changed = this.#lay(this.#around(this.#wanted()));
      this.#space();
      if (!changed || !this.#measure()) break;
    }
    this.#place();
    this.#widen();
  }

  /** What is beside comes a few rows at a time; at the end not while new ones come fast. */
  #widen() {
    clearTimeout(this.#wider);
    if (this.#beside >= BESIDE_PX) return;
    const wider = () => ((this.#beside += STEP_PX), this.#onChange());
    this.#wider = setTimeout(wider, this.follows ? CALM_MS : 0);
  }

  /** The rows to have on the page when `top` is at the top of it; none that was laid for this drawing is taken away again. */
  #around(top) {
    const first = Math.max(0, this.#heights.at(top - this.#beside));
    const last = this.#heights.at(top + this.#view + this.#beside);
    return { first: Math.min(first, this.range.first), last: Math.max(last, this.range.last) };
  }

  /** Rows of another width are of another height. */
  #resized() {
    const { clientHeight, clientWidth } = this.#scroller;
    this.#view = clientHeight;
    this.#top = this.#scroller.scrollTop; // what was out of sight may have lost it
    if (clientWidth !== this.#width && clientHeight > 0) {
      this.#width = clientWidth;
      this.#heights.fill(this.#keys.map(() => null));
      for (const row of this.#rows.values()) row.measured = false;
    }
    this.#onChange();
  }

  get #end() {
    return Math.max(0, this.#heights.total - this.#view);
  }

  #wanted() {
    if (this.follows || this.#anchor === null) return this.#end;
    const i = Math.min(place(this.#keys, this.#anchor.key), this.count - 1);
    return Math.min(this.#end, Math.max(0, this.#heights.before(i) + this.#anchor.within));
  }

  /** Have the rows of `range` on the page and no others; gives back whether one has to be measured. */
  #lay(range) {
    this.range = range;
    const wanted = new Set(this.#keys.slice(range.first, range.last + 1));
    for (const [key, row] of this.#rows) if (!wanted.has(key)) this.#putAway(key, row);
    let before = this.#list.firstElementChild;
    let place = range.first;
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
    setHeight(this.#above, this.#heights.before(first) + this.#drift);
    setHeight(this.#below, this.#heights.total - this.#heights.before(last + 1));
  }

  /**
   * Put the rows where they belong. While somebody scrolls the scroller is left alone, for that would end his scrolling: what
   * turned out higher or lower than thought is made up for above the rows (`drift`) until all is at rest.
   */
  #place() {
    const wanted = this.#wanted();
    this.#drift = this.#scrolls && !this.follows ? Math.max(this.#top - wanted, -this.#heights.before(this.range.first)) : 0;
    this.#space();
    const top = wanted + this.#drift;
    if (!this.follows && Math.abs(this.#top - top) < 1) return;
    this.#scroller.scrollTop = top;
    this.#top = this.#scroller.scrollTop;
    if (this.follows) this.#hold();
  }
}

function setHeight(node, px) {
  const height = `${px}px`;
  if (node.style.height !== height) node.style.height = height;
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
