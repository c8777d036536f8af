/** Who has just reserved what, one line at a time. Names come masked from the service. */
import { h, Part, setAttribute, setText } from "../../static/shared/dom.js";
import { offerById, shortTitle, waitingPlaces } from "../../static/shared/select.js";
import { LEAVE_MS } from "../overlay/motion.js";
import { fill } from "../overlay/words/index.js";
import { TickerQueue } from "./ticker-queue.js";

const TELLS = Object.freeze(["reservation_made", "reservation_waitlisted", "reservation_promoted"]);
const READ_MS = 1_600;
const STAY_MS = 6_000;
const OLD_MS = 30_000;

class ReservationTicker extends Part {
  build() {
    this.queue = new TickerQueue();
    this.name = h("strong", { class: "name" });
    this.verb = h("span", { class: "verb" });
    this.what = h("strong", { class: "what clip" });
    this.quantity = h("strong", { class: "quantity number" });
    this.place = h("span", { class: "place number" });
    this.line = h("p", {}, this.name, this.verb, this.what, this.quantity, this.place);
    this.append(this.line);
    this.since = -Infinity;
  }

  update({ state, clock, t }, events) {
    this.t = t;
    for (const event of events) this.take(event, state, clock);
    this.tick();
  }

  take(event, state, clock) {
    if (!TELLS.includes(event.kind) || !event.data.reservation || clock.since(event.at) > OLD_MS) return;
    const { reservation } = event.data;
    const offer = offerById(state, reservation.offer_id);
    if (!offer) return;
    this.queue.add({
      name: reservation.viewer.name,
      verb: reservation.state === "waitlisted" ? this.t.ticker.wanted : this.t.ticker.ordered,
      what: shortTitle(offer),
      quantity: `×${reservation.quantity} ${offer.unit}`,
      place: placeWords(event.kind, state, reservation, this.t),
    });
  }

  /** Move on when the shown line has had its time. */
  tick() {
    const shownFor = performance.now() - this.since;
    if (this.leaving || shownFor < READ_MS) return;
    const next = this.queue.next();
    if (next) this.change(next);
    else if (shownFor > STAY_MS) setAttribute(this.line, "data-shown", null);
  }

  change(line) {
    this.leaving = true;
    const shown = this.line.hasAttribute("data-shown");
    setAttribute(this.line, "data-shown", null);
    setTimeout(() => this.enter(line), shown ? LEAVE_MS : 0);
  }

  enter(line) {
    this.leaving = false;
    this.since = performance.now();
    const more = line.more ? fill(this.t.ticker.more, { n: line.more }) : null;
    setText(this.name, more ?? line.name);
    setText(this.verb, line.verb ?? "");
    setText(this.what, line.what ?? "");
    setText(this.quantity, line.quantity ?? "");
    setText(this.place, line.place ?? "");
    setAttribute(this.place, "hidden", !line.place);
    setAttribute(this.line, "data-shown", true);
  }
}

function placeWords(kind, state, reservation, t) {
  if (kind === "reservation_promoted") return t.ticker.promoted;
  const place = reservation.state === "waitlisted" ? waitingPlaces(state).get(reservation.id) : undefined;
  return place === undefined ? "" : fill(t.ticker.waiting, { n: place });
}

customElements.define("lb-reservation-ticker", ReservationTicker);
