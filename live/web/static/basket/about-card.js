/** What makes the counter quicker: digits of a phone, a bag of one's own, and the points for it. Tells `lb-tail`, `lb-bag`. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";

class AboutCard extends Part {
  build() {
    this.heading = h("h2");
    this.tailName = h("strong");
    this.tailState = h("span", { class: "quiet" });
    this.tail = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-tail") } });
    this.bagName = h("strong", { "aria-hidden": "true" });
    this.bagState = h("span", { class: "quiet", id: "own-bag-state" });
    this.bag = h("button", {
      type: "button",
      class: "switch",
      role: "switch",
      "aria-describedby": this.bagState.id,
      on: { click: () => this.tell("lb-bag", this.bag.getAttribute("aria-checked") !== "true") },
    }, h("span"));
    this.bagRow = h("div", { class: "row" }, h("p", {}, this.bagName, this.bagState), this.bag);
    this.points = h("p", { class: "points number" });
    this.tailRow = h("div", { class: "row" }, h("p", {}, this.tailName, this.tailState), this.tail);
    this.append(this.heading, this.tailRow, this.bagRow, this.points);
  }

  /** `fetches`: whether the counter will see them once more. */
  update({ part, points, fetches, t }) {
    this.tailRow.hidden = this.bagRow.hidden = !fetches;
    setText(this.heading, t.about.title);
    setText(this.tailName, t.about.tail);
    setText(this.tailState, part.has_phone_tail ? t.about.tailHave : t.about.tailNone);
    setText(this.tail, part.has_phone_tail ? t.about.renew : t.about.leave);
    setText(this.bagName, t.about.bag);
    setAttribute(this.bag, "aria-label", t.about.bag);
    setText(this.bagState, bagWords(part, t));
    setAttribute(this.bag, "aria-checked", String(part.own_bag));
    setText(this.points, points > 0 ? fill(t.about.points, { n: points }) : t.about.noPoints);
    this.points.hidden = points === 0 && part.bag_points === 0;
    this.hidden = !fetches && this.points.hidden;
  }
}

function bagWords({ own_bag: on, bag_points: n }, t) {
  if (n === 0) return t.about.bagPlain;
  return fill(on ? t.about.bagOn : t.about.bagOff, { n });
}

customElements.define("lb-about-card", AboutCard);
