/** A list of people, or those who were found. Tells `lb-open {customer}`, `lb-arrive {arrival, button}` and `lb-day-end`. */
import "./person-row.js";
import "./arrival-card.js";
import { emptyState } from "../../console/empty-state.js";
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";

const MOST_ROWS = 150;

class PersonList extends Part {
  build() {
    this.setAttribute("role", "region");
    this.heading = h("h2", { role: "status" });
    this.arrivals = h("ul", { class: "arrivals" });
    this.list = h("ol");
    this.more = h("p", { class: "more" });
    this.dayEnd = h("button", { type: "button", class: "button plain day-end", on: { click: () => this.tell("lb-day-end") } });
    this.empty = emptyState("bag");
    this.append(this.heading, this.arrivals, this.list, this.more, this.dayEnd, this.empty);
  }

  /** `people`: who is shown; `found`: whether somebody was looked for; `empty`: `{what, next}` where nobody is. */
  update({ people, found, list, arrivals, openId, point, desk, empty, t }) {
    const words = t.pickup;
    setAttribute(this, "aria-label", found ? words.find.found : words.lists[list]);
    setText(this.heading, found && people.length > 0 ? fill(words.find.hits, { n: people.length }) : "");
    setAttribute(this.heading, "hidden", !found || people.length === 0);
    keyed(this.arrivals, found ? [] : arrivals, ({ key }) => key, make("lb-arrival-card"), (card, arrival) => card.show({ arrival, t }));
    const rows = people.slice(0, MOST_ROWS);
    const show = (row, customer) => row.show({ customer, list: found ? null : list, open: customer.id === openId, point, desk, t });
    keyed(this.list, rows, ({ id }) => id, make("lb-person-row"), show);
    setAttribute(this.more, "hidden", people.length <= MOST_ROWS);
    setText(this.more, fill(words.row.more, { n: people.length - MOST_ROWS }));
    setText(this.dayEnd, words.dayEnd.open);
    setAttribute(this.dayEnd, "hidden", found || list !== "ready" || people.length === 0);
    setAttribute(this.empty, "hidden", people.length > 0 || (!found && arrivals.length > 0));
    this.empty.say(empty.what, empty.next);
  }
}

function make(name) {
  const wrapped = () => h("li", {}, document.createElement(name));
  return () => Object.assign(wrapped(), { show(value) { this.firstElementChild.show(value); } });
}

customElements.define("lb-person-list", PersonList);
