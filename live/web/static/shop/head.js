/** What the list is, until when one may order, and when and where it is fetched. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { icon } from "../shared/icons.js";
import { dayTime, timeLeft } from "../viewer/moments.js";

class ShopHead extends Part {
  build() {
    this.heading = h("h1");
    this.state = h("p", { class: "state chip" });
    this.facts = h("ul", { class: "facts" });
    this.next = h("p", { class: "next" });
    this.append(h("header", {}, this.heading, this.state, this.facts, this.next));
  }

  update(shop, clock, t) {
    setText(this.heading, shop === null ? t.shop.none : shop.session.title);
    document.title = this.heading.textContent;
    this.state.hidden = this.facts.hidden = shop === null;
    if (shop === null) return setText(this.next, t.shop.noneNext);
    this.facts.replaceChildren(...factsOf(shop, clock, t).map(([name, text]) => h("li", {}, icon(name), h("span", {}, text))));
    this.tick(shop, clock, t);
  }

  /** What changes by itself, second by second. */
  tick(shop, clock, t) {
    if (shop === null) return;
    const open = takesOrders(shop, clock);
    setText(this.state, open ? fill(t.shop.cutoff, { left: timeLeft(clock.until(shop.cycle.cutoff_at), t) }) : t.shop.closed);
    setAttribute(this.state, "data-meaning", open ? "order" : "confirm");
    setText(this.next, nextOf(shop, open, t));
    this.next.hidden = this.next.textContent === "";
  }
}

/** Whether anything may still be ordered or changed. */
export function takesOrders({ cycle }, clock) {
  return cycle.state === "open" && clock.until(cycle.cutoff_at) > 0;
}

function factsOf(shop, clock, t) {
  const now = clock.now();
  const points = shop.cycle.pickup_points.map((point) => point.name).join("、");
  return [
    ["confirm", fill(t.shop.cutoffAt, { at: dayTime(shop.cycle.cutoff_at, now, t) })],
    ["goods", fill(t.shop.pickup, { at: dayTime(shop.cycle.pickup_at, now, t) })],
    points && ["pin", fill(t.shop.where, { points })],
    shop.cycle.notice && ["trouble", fill(t.shop.moved, { notice: shop.cycle.notice })],
  ].filter(Boolean);
}

function nextOf(shop, open, t) {
  if (!open) return t.shop.closedNext;
  if (shop.session.state !== "running") return t.shop.ended;
  const example = exampleOf(shop.offers);
  return example === null ? "" : fill(t.shop.comment, { example });
}

/** A comment that books: "2号大果+2" where there are kinds to choose from, "1号+2" where there are none. */
export function exampleOf(offers) {
  const offer = offers.find((each) => each.state === "open" && each.number !== null);
  if (offer === undefined) return null;
  const kind = offer.variants.length > 1 ? offer.variants.find((each) => each.available > 0) : undefined;
  return `${offer.number}号${kind?.name ?? ""}+2`;
}

customElements.define("lb-shop-head", ShopHead);
