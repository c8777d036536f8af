/** Orders as they come in, newest first. Tells `lb-order {reservation}` when one is to be changed. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { lineTotal, wallTime, yuan } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById, shortTitle, waitingPlaces } from "../../shared/select.js";
import { emptyState } from "../empty-state.js";

const MOST_ROWS = 100;
const CHANGEABLE = Object.freeze(["reserved", "waitlisted"]);
const MEANINGS = Object.freeze({ reserved: "order", ready: "order", locked: "order", collected: "order", waitlisted: "confirm" });
const ICONS = Object.freeze({ order: "check", confirm: "confirm" });

class OrderList extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")), (this.many = h("span", { class: "number" })));
    this.list = h("ol");
    this.older = h("p", { class: "older" });
    this.empty = emptyState("list");
    this.append(this.head, this.list, this.older, this.empty);
  }

  update({ state, t }) {
    const orders = state.reservations.slice(-MOST_ROWS).reverse();
    setText(this.heading, t.tabs.orders);
    setAttribute(this, "aria-label", t.tabs.orders);
    setText(this.many, String(state.reservations.length));
    setAttribute(this.empty, "hidden", orders.length > 0);
    this.empty.say(t.orders.empty, t.orders.emptyNext);
    setAttribute(this.older, "hidden", state.reservations.length <= MOST_ROWS);
    setText(this.older, fill(t.orders.older, { n: MOST_ROWS }));
    const places = waitingPlaces(state);
    const show = (row, order) => row.show({ order, offer: offerById(state, order.offer_id), place: places.get(order.id), t });
    keyed(this.list, orders, (order) => order.id, makeRow, show);
  }
}

class OrderRow extends Part {
  build() {
    this.chip = h("span", { class: "chip" });
    this.word = h("span", { class: "number" });
    this.name = h("strong", { class: "clip" });
    this.what = h("span", { class: "clip" });
    this.quantity = h("span", { class: "quantity number" });
    this.money = h("span", { class: "money number" });
    this.time = h("time", { class: "number" });
    this.change = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-order", { reservation: this.order }) } }, icon("more"));
    this.append(
      h("div", { class: "line" }, this.name, this.chip, this.time),
      h("div", { class: "line" }, this.what, this.quantity, this.money),
      this.change,
    );
  }

  update({ order, offer, place, t }) {
    if (this.order === order && this.place === place && this.offer?.title === offer?.title) return;
    Object.assign(this, { order, offer, place });
    const meaning = MEANINGS[order.state] ?? "other";
    setAttribute(this, "data-state", order.state);
    setAttribute(this.chip, "data-meaning", meaning);
    if (this.shownMeaning !== meaning) this.chip.replaceChildren(icon(ICONS[meaning] ?? "close"), this.word);
    this.shownMeaning = meaning;
    setText(this.word, stateWords(order, place, t));
    setText(this.name, order.viewer.name);
    setText(this.time, wallTime(order.made_at));
    setText(this.what, whatWords(order, offer));
    setText(this.quantity, `×${order.quantity} ${offer?.unit ?? ""}`);
    setText(this.money, yuan(lineTotal(order.unit_price, order.quantity)));
    setAttribute(this.change, "hidden", !CHANGEABLE.includes(order.state));
    setAttribute(this.change, "aria-label", fill(t.orders.manage, { name: order.viewer.name }));
  }
}

function stateWords(order, place, t) {
  return order.state === "waitlisted" ? fill(t.orders.waiting, { n: place }) : t.orders[order.state];
}

function whatWords(order, offer) {
  const variant = offer?.variants.find((each) => each.id === order.variant_id);
  return [offer ? shortTitle(offer) : order.offer_id, variant?.name].filter(Boolean).join(" ");
}

function makeRow() {
  return document.createElement("lb-order-row");
}

customElements.define("lb-order-row", OrderRow);
customElements.define("lb-order-list", OrderList);
