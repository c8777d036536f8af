/** A whole number by thumb: fewer, more, and a few quick picks. Tells `lb-change` with the number. */
import { h, Part, setAttribute } from "../dom.js";
import { icon } from "../icons.js";

const MOST = 99_999;

class Stepper extends Part {
  build() {
    this.value = 1;
    this.fewer = h("button", { type: "button", class: "button", on: { click: () => this.set(this.value - 1) } }, icon("minus"));
    this.more = h("button", { type: "button", class: "button", on: { click: () => this.set(this.value + 1) } }, icon("plus"));
    this.field = h("input", {
      class: "number",
      type: "text",
      inputmode: "numeric",
      on: { input: () => this.set(Number(this.field.value.replace(/\D/gu, "")) || 0, { typed: true }) },
    });
    this.field.addEventListener("blur", () => this.set(Math.max(1, this.value)));
    this.picks = h("div", { class: "picks" });
    this.append(h("div", { class: "row" }, this.fewer, this.field, this.more), this.picks);
  }

  /** `words`: `{label, fewer, more}`; `picks`: numbers to offer as one tap. */
  update({ value, picks, words }) {
    setAttribute(this.fewer, "aria-label", words.fewer);
    setAttribute(this.more, "aria-label", words.more);
    setAttribute(this.field, "aria-label", words.label);
    this.picks.replaceChildren(
      ...picks.map((n) => h("button", { type: "button", class: "button plain number", on: { click: () => this.set(n) } }, String(n))),
    );
    this.set(value);
  }

  set(value, { typed = false } = {}) {
    this.value = Math.min(MOST, Math.max(typed ? 0 : 1, value));
    if (!typed || this.value === MOST) this.field.value = String(this.value);
    this.fewer.disabled = this.value <= 1;
    for (const pick of this.picks.children) setAttribute(pick, "aria-pressed", String(Number(pick.textContent) === this.value));
    this.tell("lb-change", this.value);
  }
}

customElements.define("lb-stepper", Stepper);
