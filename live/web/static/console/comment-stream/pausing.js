/**
 * Whether the list stands still. Whoever touches it, scrolls up or comes to a row by keyboard stops it, and lets it go on by
 * scrolling back to the end; whoever taps 暂停 stops it until he says so.
 */
const NEAR_THE_END_PX = 48;
const UPWARDS = Object.freeze(new Set(["ArrowUp", "PageUp"]));

export class Pausing {
  #scroller;
  #rows;
  #onChange;
  #onScroll;
  #why = null;
  #finger = false;
  #down = false;

  /** Watch `scroller`, which shows `rows`; `onChange()` when the list has stopped or goes on, `onScroll()` when somebody scrolls. */
  constructor({ scroller, rows, onChange, onScroll }) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#onChange = onChange;
    this.#onScroll = onScroll;
    const on = (kind, act) => scroller.addEventListener(kind, act, { passive: true });
    on("pointerdown", () => this.stop("touch"));
    on("focusin", (event) => event.target !== scroller && this.stop("touch"));
    on("wheel", (event) => event.deltaY < 0 && this.stop("touch"));
    scroller.addEventListener("keydown", (event) => this.#pressed(event));
    on("touchstart", () => ((this.#finger = true), (this.#down = false)));
    for (const kind of ["touchend", "touchcancel"]) on(kind, (event) => this.#lifted(event));
    on("scroll", () => this.#scrolled());
  }

  get stopped() {
    return this.#why !== null;
  }

  /** `why`: "touch", which ends at the end of the list, or "tap", which does not. */
  stop(why) {
    if (this.#why === "tap" || this.#why === why) return;
    this.#why = why;
    this.#onChange();
  }

  goOn() {
    if (this.#why === null) return;
    this.#why = null;
    this.#onChange();
  }

  /** Something else is looked at: a touch does not matter any more. */
  letGo() {
    if (this.#why === "touch") this.goOn();
  }

  /** Home and End are a long way: it is jumped, not scrolled. */
  #pressed(event) {
    if (UPWARDS.has(event.key)) this.stop("touch");
    if (event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    if (event.key === "Home") this.stop("touch");
    else this.letGo();
    this.#rows.jump(event.key === "Home" ? 0 : 1);
    this.#onChange();
  }

  #lifted(event) {
    this.#finger = event.touches.length > 0;
    this.#perhapsGoOn();
  }

  #scrolled() {
    const by = this.#rows.scrolledBy();
    if (by === 0) return;
    this.#down = by > 0;
    this.#perhapsGoOn();
    this.#onScroll();
  }

  #perhapsGoOn() {
    if (this.#why === "touch" && !this.#finger && this.#down && this.#rows.toEnd < NEAR_THE_END_PX) this.goOn();
  }
}
