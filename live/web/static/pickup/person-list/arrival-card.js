/** Goods that are to come to a point, and the tap that says they are here. Tells `lb-arrive {arrival, button}`. */
import { h, Part, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { shortMoment } from "../moments.js";

class ArrivalCard extends Part {
  build() {
    this.name = h("strong", { class: "clip" });
    this.summary = h("span", { class: "number" });
    this.arrived = h("button", { type: "button", class: "button order", on: { click: () => this.tell("lb-arrive", { arrival: this.arrival, button: this.arrived }) } });
    this.when = h("span", { class: "number" });
    this.append(h("div", {}, this.name, this.summary, this.when), this.arrived);
  }

  update({ arrival, t }) {
    this.arrival = arrival;
    const { people, lines, pickupAt } = arrival;
    setText(this.name, arrival.name || t.pickup.arrive.anywhere);
    setText(this.summary, fill(t.pickup.arrive.summary, { people: people.size, lines }));
    setText(this.when, fill(t.pickup.arrive.when, { at: shortMoment(pickupAt, t.lang) }));
    setText(this.arrived, t.pickup.arrive.do);
  }
}

customElements.define("lb-arrival-card", ArrivalCard);
