/** The lists of the counter with how many people stand on each, under the thumb. Tells `lb-list` with the one tapped. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count } from "../../shared/format.js";

const LISTS = Object.freeze(["ready", "coming", "collected", "missed"]);

class ListTabs extends Part {
  build() {
    this.buttons = LISTS.map((list) => {
      const button = h("button", { type: "button", on: { click: () => this.tell("lb-list", list) } });
      button.list = list;
      button.append((button.many = h("strong", { class: "number" })), (button.word = h("span")));
      return button;
    });
    this.append((this.nav = h("nav", {}, ...this.buttons)));
  }

  update({ list, counts, t }) {
    setAttribute(this.nav, "aria-label", t.pickup.lists.label);
    for (const button of this.buttons) {
      setAttribute(button, "aria-current", button.list === list ? "true" : null);
      setText(button.word, t.pickup.lists[button.list]);
      setText(button.many, count(counts[button.list] ?? 0));
    }
  }
}

customElements.define("lb-list-tabs", ListTabs);
