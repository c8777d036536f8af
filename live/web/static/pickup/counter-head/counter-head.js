/** The connection, the shop's words for this page, the point this phone stands at, and the menu. Tells `lb-point`, `lb-menu`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { secondsLeft } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";

class CounterHead extends Part {
  build() {
    this.link = h("span", { class: "link", role: "status" }, icon("link"), (this.linkWord = h("span")));
    this.heading = h("h1", { class: "clip" });
    this.point = h("button", { type: "button", class: "button bare point", on: { click: () => this.tell("lb-choose-point") } });
    this.point.append((this.pointWord = h("span", { class: "clip" })), icon("down"));
    this.menu = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-menu") } }, icon("more"));
    this.append(h("header", {}, this.link, this.heading, this.point, this.menu));
  }

  /** `points`: the names to choose from; `point`: the chosen one, or null for all. */
  update({ link, points, point, t }) {
    const words = t.pickup.head;
    setText(this.heading, t.pickup.title);
    setAttribute(this.menu, "aria-label", words.menu);
    setAttribute(this.point, "hidden", points.length < 2);
    setAttribute(this.point, "aria-label", `${words.point}：${point ?? words.everywhere}`);
    setText(this.pointWord, point ?? words.everywhere);
    setAttribute(this.link, "data-link", link.phase);
    setText(this.linkWord, linkWords(link, t));
  }
}

function linkWords(link, t) {
  if (link.phase !== "down") return t.link[link.phase];
  const seconds = secondsLeft(link.retryAt - Date.now());
  return seconds > 0 ? fill(t.link.downIn, { n: seconds }) : t.link.down;
}

customElements.define("lb-counter-head", CounterHead);
