/** The six sections, under the thumb. Tells `lb-tab` with the one that is tapped. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";

const TABS = Object.freeze([
  ["confirm", "confirm"],
  ["questions", "question"],
  ["comments", "chat"],
  ["orders", "list"],
  ["offers", "goods"],
  ["fulfil", "bag"],
]);

class TabBar extends Part {
  build() {
    this.nav = h("nav");
    this.buttons = TABS.map(([tab, iconName]) => {
      const button = h("button", { type: "button", "data-of": tab, on: { click: () => this.tell("lb-tab", tab) } }, icon(iconName));
      button.tab = tab;
      button.word = h("span");
      button.badge = h("span", { class: "badge number" });
      button.append(button.word, button.badge);
      return button;
    });
    this.nav.append(...this.buttons);
    this.append(this.nav);
  }

  /** `badges`: numbers by tab; none is shown for 0. */
  update({ tab, badges, t }) {
    setAttribute(this.nav, "aria-label", t.sections);
    for (const button of this.buttons) {
      setAttribute(button, "aria-current", button.tab === tab ? "true" : null);
      setText(button.word, t.tabs[button.tab]);
      const number = badges[button.tab] ?? 0;
      setAttribute(button.badge, "hidden", number === 0);
      setText(button.badge, number > 99 ? "99+" : String(number));
    }
  }
}

customElements.define("lb-tab-bar", TabBar);
