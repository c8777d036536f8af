/** The offer that comes next, under the thumb. Tells `lb-next-offer {offer, button}`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, yuan } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";

class NextLine extends Part {
  build() {
    this.word = h("span", { class: "word" });
    this.badge = h("span", { class: "badge number" });
    this.heading = h("strong", { class: "clip" });
    this.note = h("span", { class: "note clip number" });
    this.go = h("button", { type: "button", class: "button primary", on: { click: () => this.onGo() } }, (this.goWord = h("span")));
    this.append(this.badge, h("div", { class: "what" }, this.word, this.heading, this.note), this.go);
  }

  /** `next`: `{offer, minutes}` or null; `first`: nothing is being shown yet. */
  update({ next, first, t }) {
    this.next = next;
    setAttribute(this, "hidden", next === null);
    if (next === null) return;
    const { offer } = next;
    const go = offer.open ? (first ? t.offers.showFirst : t.offers.showNext) : t.offers.openNext;
    setText(this.word, first ? t.offers.first : t.offers.next);
    setText(this.badge, String(offer.number ?? "–"));
    setText(this.heading, offer.title);
    setText(this.note, noteOf(next, t));
    setText(this.goWord, go);
    setAttribute(this.go, "aria-label", `${go} ${offer.title}`);
  }

  onGo() {
    this.tell("lb-next-offer", { offer: this.next.offer, button: this.go });
  }
}

function noteOf({ offer, minutes }, t) {
  const left = fill(t.now.left, { n: count(offer.available), unit: offer.unit });
  return [`${yuan(offer.price)}/${offer.unit}`, left, minutes ? fill(t.offers.minutes, { n: minutes }) : null].filter(Boolean).join(" · ");
}

customElements.define("lb-next-line", NextLine);
