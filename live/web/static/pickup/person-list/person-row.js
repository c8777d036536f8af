/** One person in a line: number, name, what they have here, what it comes to. Tells `lb-open {customer}`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { amount } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { pointOf } from "../desk.js";
import { inWords, sumFen } from "../lines.js";
import { LISTS } from "../lists.js";
import { decimal } from "../weigh.js";

const OF_INTEREST = Object.freeze(["ready", "locked", "no_show", "reserved", "waitlisted", "collected"]);
const MEANINGS = Object.freeze({ ready: "order", locked: "confirm", no_show: "trouble", reserved: "other", waitlisted: "other", collected: "other" });

class PersonRow extends Part {
  build() {
    this.number = h("span", { class: "place number" });
    this.name = h("strong", { class: "clip" });
    this.tail = h("span", { class: "tail number" });
    this.goods = h("span", { class: "goods clip" });
    this.where = h("span", { class: "chip", "data-meaning": "confirm" });
    this.state = h("span", { class: "chip number" });
    this.money = h("span", { class: "money number" });
    this.append(
      h("button", { type: "button", on: { click: () => this.tell("lb-open", { customer: this.customer }) } },
        this.number,
        h("span", { class: "who" }, h("span", { class: "line" }, this.name, this.tail, this.where), this.goods),
        h("span", { class: "what" }, this.money, this.state)),
    );
  }

  /** `list`: the list that it stands on, or null among those who were found. */
  update({ customer, list, open, point, desk, t }) {
    this.customer = customer;
    const state = list ? LISTS[list] : OF_INTEREST.find((each) => customer.reservations.some((reservation) => reservation.state === each));
    const states = state ? [state] : [];
    const many = customer.reservations.filter((each) => each.state === state).length;
    setAttribute(this.firstElementChild, "aria-current", open ? "true" : null);
    setText(this.number, customer.line);
    setText(this.name, customer.name);
    setText(this.tail, customer.tail ? fill(t.pickup.row.tail, customer) : "");
    setText(this.goods, state ? inWords(desk, customer, states) : t.pickup.card.gone);
    setText(this.where, elsewhere(customer, state, { point, desk, t }));
    setAttribute(this.where, "hidden", this.where.textContent === "");
    setText(this.state, stateWords(state, many, { list, t }));
    setAttribute(this.state, "data-meaning", MEANINGS[state] ?? "other");
    setText(this.money, state ? `¥${amount(decimal(sumFen(customer, states)))}` : "");
  }
}

/** A list says its state once, over all rows. */
function stateWords(state, many, { list, t }) {
  if (!state) return t.pickup.states.cancelled;
  const items = fill(t.pickup.row.items, { n: many });
  return list ? items : `${t.pickup.states[state]} ${items}`;
}

/** The other point that their goods lie at, where this phone stands at one. */
function elsewhere(customer, state, { point, desk, t }) {
  if (point === null) return "";
  const of = customer.held.filter((held) => [...held.reservations.values()].some((each) => each.state === state));
  const names = of.map((held) => pointOf(desk, held)?.name).filter((name) => name && name !== point);
  return names.length > 0 && names.length === of.length ? fill(t.pickup.row.elsewhere, { point: names[0] }) : "";
}

customElements.define("lb-person-row", PersonRow);
