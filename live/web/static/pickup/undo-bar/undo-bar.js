/** The last handing over, for the minute in which it may be taken back. Tells `lb-undo` with it. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { amount, secondsLeft } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";

class UndoBar extends Part {
  build() {
    this.word = h("span", { class: "clip" });
    this.money = h("strong", { class: "number" });
    this.left = h("span", { class: "number" });
    this.back = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-undo", this.handed) } }, icon("undo"), (this.backWord = h("span")), this.left);
    this.append(h("div", { role: "status" }, icon("check"), this.word, this.money), this.back);
  }

  /** `handed`: `{name, lines, amount, until}` or null; `now`: the service's clock. */
  update({ handed, now, t }) {
    this.handed = handed;
    setAttribute(this, "hidden", handed === null);
    if (handed === null) return;
    setText(this.word, fill(t.pickup.undo.done, { name: handed.name, n: handed.lines }));
    setText(this.money, fill(t.pickup.undo.amount, { amount: amount(handed.amount) }));
    setText(this.backWord, t.pickup.undo.do);
    setText(this.left, fill(t.pickup.undo.left, { n: secondsLeft(handed.until - now) }));
  }
}

customElements.define("lb-undo-bar", UndoBar);
