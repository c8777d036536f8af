/** The one bar at the bottom: how many, what they come to, and the way on. Tells `lb-order`. */
import { h, Part, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";

class CartBar extends Part {
  build() {
    this.pieces = h("span", { class: "number" });
    this.amount = h("strong", { class: "number" });
    this.go = h("button", { type: "button", class: "button order", on: { click: () => this.tell("lb-order") } });
    this.append(h("p", { role: "status" }, this.pieces, " ", this.amount), this.go);
  }

  update({ pieces, amount }, t) {
    setText(this.pieces, pieces === 0 ? t.cart.empty : fill(t.cart.pieces, { n: pieces }));
    setText(this.amount, pieces === 0 ? "" : fill(t.cart.amount, { amount }));
    setText(this.go, t.cart.go);
    this.go.disabled = pieces === 0;
  }
}

customElements.define("lb-cart-bar", CartBar);
