/** The goods: name, price, what is left, and a plus to collect them. Tells `lb-take` with `{key, extra}`. */
import "../viewer/counter.js";
import { h, keyed, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { offersInOrder } from "../shared/select.js";
import { tile } from "../viewer/tile.js";
import { heldOf, kindsOf, room, willWait } from "./cart.js";

class OfferList extends Part {
  build() {
    this.heading = h("h2", { class: "only-read" });
    this.cards = h("ul", { class: "cards" });
    this.empty = h("p", { class: "quiet empty-list" });
    this.append(this.heading, this.cards, this.empty);
  }

  /** `open`: whether orders are taken; `mine`: what this browser has; `cart`: so many more of each. */
  update({ shop, mine, cart, open, t }) {
    setText(this.heading, t.shop.list);
    setText(this.empty, t.shop.empty);
    this.empty.hidden = shop.offers.length > 0;
    const show = (card, offer) => card.show({ offer, shop, mine, cart, open, t });
    keyed(this.cards, offersInOrder(shop), (offer) => offer.id, () => h("lb-offer"), show);
  }
}

class OfferCard extends Part {
  build() {
    this.setAttribute("role", "listitem");
    this.picture = h("div", { class: "picture" });
    this.goods = h("h3");
    this.price = h("strong", { class: "number" });
    this.per = h("span");
    this.stock = h("p", { class: "stock number" });
    this.notes = h("ul", { class: "notes" });
    this.kinds = h("div", { class: "kinds" });
    this.summary = h("summary");
    this.facts = h("dl");
    this.details = h("details", {}, this.summary, this.facts);
    const words = h("div", { class: "words" }, this.goods, h("p", { class: "price" }, this.price, " ", this.per), this.stock, this.notes);
    this.append(h("div", { class: "top" }, this.picture, words), this.details, this.kinds);
  }

  update(show) {
    const { offer, t } = show;
    setAttribute(this, "data-state", offer.state);
    if (this.shown !== offer.title) this.#picture(offer);
    setText(this.goods, offer.title);
    setText(this.price, `¥${offer.price}`);
    setText(this.per, fill(t.offer.per, { unit: offer.unit }));
    setText(this.stock, stockOf(offer, show.open, t));
    setTexts(this.notes, show.open ? notesOf(offer, t) : []);
    this.#showKinds(show);
    this.#showFacts(offer, t);
  }

  #picture(offer) {
    this.shown = offer.title;
    const number = offer.number === null ? null : h("span", { class: "badge number" }, String(offer.number));
    this.picture.replaceChildren(tile(offer.title), ...(number ? [number] : []));
  }

  #showKinds(show) {
    const kinds = kindsOf(show.offer);
    const several = show.offer.variants.length > 0;
    this.classList.toggle("single", !several);
    this.kinds.classList.toggle("several", several);
    keyed(this.kinds, kinds, (kind) => kind.key, () => h("lb-kind"), (row, kind) => row.show({ ...show, kind }));
  }

  #showFacts(offer, t) {
    const facts = Object.entries(offer.facts);
    this.details.hidden = facts.length === 0;
    setText(this.summary, t.offer.details);
    const told = JSON.stringify(facts);
    if (this.told === told) return;
    this.told = told;
    this.facts.replaceChildren(...facts.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));
  }
}

/** One kind of an offer with its counter; an offer without kinds has one row without a name. */
class KindRow extends Part {
  build() {
    this.name = h("span", { class: "name" });
    this.left = h("span", { class: "left number" });
    this.have = h("span", { class: "have" });
    this.counter = h("lb-counter");
    this.addEventListener("lb-count", (event) => {
      event.stopPropagation();
      this.tell("lb-take", { key: this.key, extra: event.detail });
    });
    this.append(h("div", {}, h("p", {}, this.name, " ", this.left), this.have), this.counter);
  }

  update({ offer, kind, shop, mine, cart, open, t }) {
    this.key = kind.key;
    const extra = cart[kind.key] ?? 0;
    const held = heldOf(mine, kind.key);
    const may = open && !held.handled && (offer.state === "open" || offer.state === "sold_out");
    const more = room(shop, offer, mine, cart) > 0;
    const goods = kind.variant === null ? offer.title : `${offer.title} ${kind.variant.name}`;
    setText(this.name, kind.variant?.name ?? "");
    setText(this.left, kind.variant === null || !may ? "" : leftOf(offer, kind, t));
    setText(this.have, haveOf(offer, kind, { held, extra, cart, may, more }, t));
    setAttribute(this.have, "data-waits", willWait(kind, offer, cart) > 0);
    this.counter.hidden = !may || (!more && extra === 0);
    const of = { unit: offer.unit, goods, n: extra };
    this.counter.show({
      value: extra,
      canMore: more,
      words: { fewer: fill(t.count.fewer, of), more: fill(t.count.more, of), now: fill(t.count.now, of) },
    });
    this.hidden = kind.variant === null && this.counter.hidden && this.have.textContent === "";
  }
}

function leftOf(offer, kind, t) {
  return kind.available > 0 ? fill(t.offer.left, { n: kind.available, unit: offer.unit }) : t.offer.out;
}

/** What one has of it already, and what the taps so far will come to. */
function haveOf(offer, kind, { held, extra, cart, may, more }, t) {
  const { unit } = offer;
  const has = { n: held.quantity, w: held.waiting, unit };
  const waits = willWait(kind, offer, cart);
  const words = [];
  if (held.quantity > 0) words.push(fill(held.waiting > 0 ? t.offer.haveWaiting : t.offer.have, has));
  else if (held.waiting > 0) words.push(fill(t.offer.haveOnlyWaiting, has));
  if (waits > 0) words.push(waits === extra ? t.offer.allWaits : fill(t.offer.willWait, { n: waits, unit }));
  if (may && !more) words.push(t.offer.full);
  if (held.handled) words.push(t.line.handled);
  return words.join(" · ");
}

function stockOf(offer, open, t) {
  const { unit } = offer;
  if (!open && offer.state !== "failed") return t.offer.cut;
  switch (offer.state) {
    case "listed":
      return t.offer.listed;
    case "closed":
      return t.offer.closed;
    case "failed":
      return fill(t.offer.failed, { n: offer.minimum, unit });
    case "sold_out":
      return offer.waitlisted > 0 ? fill(t.offer.soldOutWaiting, { n: offer.waitlisted, unit }) : t.offer.soldOut;
    default:
      return fill(t.offer.left, { n: offer.available, unit }) + (offer.limit === null ? "" : ` · ${fill(t.offer.limit, { n: offer.limit, unit })}`);
  }
}

function notesOf(offer, t) {
  const { unit } = offer;
  if (offer.state !== "open" && offer.state !== "sold_out") return [];
  const inBoxes = unit === "箱" ? t.offer.caseOfBoxes : t.offer.case;
  return [
    offer.missing_to_minimum > 0 ? fill(t.offer.minimum, { most: offer.minimum, n: offer.missing_to_minimum, unit }) : null,
    offer.case_size > 1 && offer.missing_to_case > 0 ? fill(inBoxes, { n: offer.missing_to_case, unit }) : null,
    offer.weighed ? t.offer.weighed : null,
  ].filter(Boolean);
}

function setTexts(list, texts) {
  if (list.dataset.told === texts.join("\n")) return;
  list.dataset.told = texts.join("\n");
  list.replaceChildren(...texts.map((text) => h("li", {}, text)));
}

customElements.define("lb-offer-list", OfferList);
customElements.define("lb-offer", OfferCard);
customElements.define("lb-kind", KindRow);
