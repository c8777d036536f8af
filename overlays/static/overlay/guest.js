/** A layer that has a home on the picture: what it wants to show, and how it shows it. The stage does the rest. */
import { Part } from "../../static/shared/dom.js";

/**
 * `view`: `{state, now, clock, t, page: {room, token, layers}}`. A guest answers `wants(view)` with what it would show
 * (or null), names it with `keyOf`, and draws it in `update(view, subject, home)` as often as it is asked to.
 */
export class Guest extends Part {
  /** What is to be shown, or null. */
  wants(_view) {
    return null;
  }

  /** Another key is another thing: the old one leaves before the new one comes. */
  keyOf(subject) {
    return subject.id;
  }

  /** About to come in: numbers do not spring for having been something else before. */
  enter() {}

  /** What fades in and out. */
  get box() {
    return this.querySelector(".box");
  }
}
