/** The goods of tonight as cards: a tap on one opens it, an arrow moves it up. Tells `lb-goods-open` and `lb-goods-up` with its place. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { boardPrice } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";
import { at } from "../../shared/root.js";
import { said } from "./findings.js";

class GoodsList extends Part {
  build() {
    this.list = h("ol");
    this.append(this.list);
  }

  /** `faults`: by place; `clashes`: names by place that others bear as well. */
  update({ offers, faults, clashes, t }) {
    const cards = offers.map((offer, n) => this.card(offer, n, faults.get(n) ?? [], clashes.get(n) ?? [], t));
    this.list.replaceChildren(...cards);
  }

  card(offer, n, faults, clashes, t) {
    const { start } = t;
    const open = h("button", { type: "button", class: "open", on: { click: () => this.tell("lb-goods-open", { n, button: open }) } });
    open.append(
      offer.picture ? h("img", { src: at(`pictures/${offer.picture}`), alt: "", loading: "lazy" }) : h("span", { class: "badge number" }, String(offer.number ?? "–")),
      h("span", { class: "what" }, h("strong", {}, named(offer, start)), h("span", { class: "terms number" }, terms(offer, start))),
    );
    const up = h("button", { type: "button", class: "button bare", "aria-label": fill(start.moveUp, { title: named(offer, start) }), disabled: n === 0, on: { click: () => this.tell("lb-goods-up", n) } }, icon("up"));
    const remarks = [
      ...faults.map((fault) => h("p", { class: "fault" }, said(fault, start))),
      ...clashes.map((name) => h("p", { class: "clash" }, name)),
    ];
    const card = h("li", {}, h("div", { class: "row" }, open, up), ...remarks);
    setAttribute(card, "data-faulty", faults.length > 0);
    return card;
  }

  /** Bring the card into sight and give it the focus. */
  show(...values) {
    super.show(...values);
  }

  focusCard(n) {
    this.list.children[n]?.querySelector(".open")?.focus();
  }
}

function named(offer, start) {
  const title = offer.title || start.untitled;
  return offer.picture && offer.number ? `${offer.number} 号 ${title}` : title;
}

function terms(offer, start) {
  const price = offer.price ? `¥${boardPrice(offer.price)} / ${offer.unit ?? start.unit}` : start.unpriced;
  return [price, fill(start.quotaOf, { n: offer.quota ?? "–", unit: offer.unit ?? start.unit }), offer.per_viewer_limit ? fill(start.limitOf, { n: offer.per_viewer_limit }) : null]
    .filter(Boolean)
    .join(" · ");
}

customElements.define("lb-goods-list", GoodsList);
