/** The stage: gives each layer that has something to show its home, and sees to it that one leaves before another comes. */
import { setAttribute } from "../../static/shared/dom.js";
import { allUnheard } from "../../static/shared/sources.js";
import { homesOf } from "./homes.js";
import { LEAVE_MS } from "./motion.js";

export class Stage {
  #guests;
  #shown = new Map();
  #freeAt = -Infinity;
  #portrait = matchMedia("(orientation: portrait)");

  /** `guests`: `Map(layer → Guest)`. */
  constructor(guests) {
    this.#guests = guests;
  }

  /** Show a view: who leaves leaves now, who comes comes when the place is free. */
  show(view) {
    const subjects = this.#subjects(view);
    const homes = homesOf(subjects.keys(), { portrait: this.#portrait.matches, deaf: allUnheard(view.state) });
    for (const [layer, guest] of this.#guests) this.#see(layer, guest, homes.get(layer) ?? null, subjects.get(layer), view);
  }

  #subjects(view) {
    const wanted = [...this.#guests].map(([layer, guest]) => [layer, guest.wants(view)]);
    return new Map(wanted.filter(([, subject]) => subject !== null));
  }

  #see(layer, guest, home, subject, view) {
    const place = home === null ? null : `${home}\n${guest.keyOf(subject)}`;
    const shown = this.#shown.get(layer) ?? null;
    if (shown !== null && shown !== place) this.#leave(layer, guest);
    if (place === null) return;
    if (shown !== place) {
      if (this.#shown.has(layer) || performance.now() < this.#freeAt) return;
      this.#come(layer, guest, home, place);
    }
    guest.show(view, subject, home);
    setAttribute(guest.box, "data-shown", true);
  }

  #come(layer, guest, home, place) {
    this.#shown.set(layer, place);
    setAttribute(guest, "data-home", home);
    guest.enter();
  }

  #leave(layer, guest) {
    this.#shown.delete(layer);
    this.#freeAt = performance.now() + LEAVE_MS;
    setAttribute(guest.box, "data-shown", null);
  }

  /** When somebody waits for a place: how long until it is free, in ms; 0 when nobody does. */
  get waitMs() {
    return Math.max(0, this.#freeAt - performance.now());
  }
}
