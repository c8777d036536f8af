/** How many, by thumb, in a row with the goods: a plus until there are some, then fewer, number, more. Tells `lb-count`. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

class Counter extends Part {
  build() {
    this.value = 0;
    this.fewer = h("button", { type: "button", class: "button plain", on: { click: () => this.set(this.value - 1) } }, icon("minus"));
    this.number = h("output", { class: "number" });
    this.more = h("button", { type: "button", class: "button order", on: { click: () => this.set(this.value + 1) } }, icon("plus"));
    this.append(this.fewer, this.number, this.more);
  }

  /** `words`: `{fewer, more}` name the buttons, `now` is read out; `canMore`: whether one more may be had. */
  update({ value, canMore, words }) {
    this.value = value;
    setAttribute(this.fewer, "aria-label", words.fewer);
    setAttribute(this.more, "aria-label", words.more);
    setAttribute(this.number, "aria-label", words.now);
    setText(this.number, value > 0 ? String(value) : "");
    this.fewer.hidden = this.number.hidden = value === 0;
    this.more.disabled = !canMore;
  }

  set(value) {
    const away = value === 0; // the button that was tapped is about to go: the focus stays in the row
    this.tell("lb-count", value);
    if (away) this.more.focus({ preventScroll: true });
  }
}

customElements.define("lb-counter", Counter);
