/**
 * One person with all that is theirs here. Tells `lb-back`, `lb-redeem`, `lb-who`, `lb-no-show`, `lb-picked` when what is
 * ticked has changed, `lb-prize` with a prize to hand over, and `lb-undo-line {reservation}`.
 */
import "./goods-line.js";
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";
import { pointOf } from "../desk.js";
import { linesOf } from "../lines.js";
import { FETCHABLE } from "../lists.js";
import { bagBasket } from "../picking.js";

class PersonCard extends Part {
  build() {
    this.setAttribute("role", "region");
    this.back = h("button", { type: "button", class: "button bare back", on: { click: () => this.tell("lb-back") } }, icon("back"));
    this.number = h("span", { class: "place number" });
    this.name = h("h2");
    this.facts = h("p", { class: "facts" });
    this.names = h("p", { class: "names" });
    this.prizes = h("ul", { class: "prizes" });
    this.parts = h("div", { class: "parts" });
    this.bag = h("button", { type: "button", class: "button plain bag", role: "checkbox" }, h("span", { class: "box" }, icon("check")), (this.bagWord = h("span")), (this.bagNote = h("span", { class: "chip" })));
    this.bag.addEventListener("click", () => (this.picking.turnBag(this.customer), this.tell("lb-picked")));
    const button = (name, kind = "plain") => h("button", { type: "button", class: `button ${kind}`, on: { click: () => this.tell(name, { customer: this.customer }) } });
    this.redeem = button("lb-redeem");
    this.who = button("lb-who");
    this.noShow = button("lb-no-show");
    this.append(
      h("header", {}, this.back, this.number, h("div", { class: "named" }, this.name, this.facts, this.names)),
      this.prizes,
      this.parts,
      this.bag,
      h("div", { class: "rest" }, this.noShow, this.redeem, this.who),
    );
  }

  update({ customer, desk, picking, taps, point, now, t }) {
    Object.assign(this, { customer, picking });
    const words = t.pickup.card;
    setAttribute(this, "aria-label", customer.name);
    setAttribute(this.back, "aria-label", words.back);
    setText(this.number, customer.line);
    setText(this.name, customer.name);
    this.showFacts(customer, t);
    setText(this.names, customer.names.length > 1 ? fill(words.names, { names: customer.names.slice(1).join("、") }) : "");
    setAttribute(this.names, "hidden", customer.names.length < 2);
    setAttribute(this.prizes, "hidden", customer.prizes.length === 0);
    keyed(this.prizes, customer.prizes, ({ entry }) => entry, () => this.makePrize(), (row, prize) => showPrize(row, prize, t));
    const many = customer.held.length > 1;
    keyed(this.parts, customer.held, (held) => held.pickup_code, makePart, (part, held) => showPart(part, { held, many, desk, picking, taps, point, now, t }));
    this.showBag(customer, desk, picking, t);
    setText(this.redeem, words.redeem);
    setAttribute(this.redeem, "hidden", customer.points <= 0);
    setText(this.noShow, words.noShow);
    setAttribute(this.noShow, "hidden", !customer.reservations.some(({ state }) => state === "ready"));
    setText(this.who, words.who);
  }

  /** Put the thumb where a weight is missing. */
  askWeight(reservationId) {
    for (const line of this.querySelectorAll("lb-goods-line")) if (line.line.reservation.id === reservationId) line.askWeight();
  }

  makePrize() {
    const row = h("li", {});
    row.what = h("strong");
    row.chip = h("span", { class: "chip" });
    row.give = h("button", { type: "button", class: "button main", on: { click: () => this.tell("lb-prize", { customer: this.customer, prize: row.prize }) } });
    row.append(h("span", { class: "words" }, row.what, row.chip), row.give);
    return row;
  }

  showFacts(customer, t) {
    const { card, row } = t.pickup;
    const facts = [
      customer.weak ? { text: row.weak, meaning: "trouble" } : null,
      customer.tail ? { text: fill(row.tail, customer) } : null,
      customer.points > 0 ? { text: fill(card.points, { n: customer.points }), meaning: "order" } : null,
      customer.noShows > 0 ? { text: fill(card.noShows, { n: customer.noShows }), meaning: "confirm" } : null,
    ].filter(Boolean);
    setAttribute(this.facts, "hidden", facts.length === 0);
    keyed(this.facts, facts, ({ text }) => text, () => h("span", { class: "chip number" }), (chip, { text, meaning }) => (setText(chip, text), setAttribute(chip, "data-meaning", meaning)));
  }

  showBag(customer, desk, picking, t) {
    const words = t.pickup.card;
    const given = customer.held.reduce((sum, held) => sum + held.bag_points, 0);
    const earns = bagBasket(desk, customer, picking);
    setAttribute(this.bag, "hidden", !earns && given === 0);
    this.bag.disabled = !earns;
    setAttribute(this.bag, "aria-checked", String(earns ? picking.hasBag(customer) : true));
    setText(this.bagWord, earns ? words.bag : fill(words.bagGiven, { n: given }));
    setText(this.bagNote, earns ? fill(words.bagPoints, { n: desk.session(earns.session_id).bag_points }) : "");
    setAttribute(this.bagNote, "hidden", !earns);
  }
}

function showPrize(row, prize, t) {
  const { card } = t.pickup;
  const claimed = prize.state === "claimed";
  row.prize = prize;
  setText(row.what, fill(card.prize, prize));
  setText(row.chip, claimed ? card.prizeGiven : card.prizeWaits);
  setAttribute(row.chip, "data-meaning", claimed ? "other" : "order");
  setText(row.give, card.givePrize);
  setAttribute(row.give, "aria-label", `${card.givePrize} ${prize.prize}`);
  setAttribute(row.give, "hidden", claimed);
}

function makePart() {
  const part = h("section", {});
  part.head = h("h3", { class: "clip" });
  part.where = h("span", { class: "chip" });
  part.code = h("span", { class: "code number" });
  part.lines = h("ul");
  part.append(h("div", { class: "part-head" }, part.head, part.where, part.code), part.lines);
  return part;
}

function showPart(part, { held, many, desk, picking, taps, point, now, t }) {
  const { card } = t.pickup;
  const place = pointOf(desk, held)?.name ?? "";
  const other = point !== null && place !== "" && place !== point && holds(held);
  setText(part.head, many ? fill(card.from, { title: desk.session(held.session_id).title, number: desk.line(held) }) : "");
  setAttribute(part.head, "hidden", !many);
  setText(part.where, other ? fill(card.otherPoint, { point: place }) : place);
  setAttribute(part.where, "data-meaning", other ? "confirm" : "other");
  setAttribute(part.where, "hidden", place === "");
  setText(part.code, held.pickup_code.match(/.{1,4}/gu).join(" "));
  setAttribute(part.code, "aria-label", `${card.code} ${held.pickup_code}`);
  keyed(part.lines, linesOf(desk, held), ({ reservation }) => reservation.id, makeLine, (node, line) => node.firstElementChild.show({ line, picking, tap: taps.of(line.reservation.id), now, t }));
}

function holds(held) {
  return [...held.reservations.values()].some(({ state }) => FETCHABLE.includes(state) || state === "locked");
}

function makeLine() {
  return h("li", {}, document.createElement("lb-goods-line"));
}

customElements.define("lb-person-card", PersonCard);
