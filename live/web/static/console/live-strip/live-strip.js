/** What runs now, on every section, above the thumb: each with the time left. Tells `lb-live {kind, id, button}`. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { duration } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { namesOf, running } from "../stage.js";

const ICONS = Object.freeze({ flash: "bolt", bag: "gift", poll: "bars", shown: "screen" });
const SOON_MS = 10_000;
const SECOND_MS = 1_000;

class LiveStrip extends Part {
  build() {
    this.list = h("ul");
    this.append(this.list);
  }

  update(shown) {
    this.shown = shown;
    const items = shown.state.session ? running(shown.state, shown.clock) : [];
    setAttribute(this, "hidden", items.length === 0);
    setAttribute(this.list, "aria-label", shown.t.stage.live);
    setAttribute(this.list, "data-many", items.length > 1);
    keyed(this.list, items, ({ kind, id }) => `${kind}/${id}`, (item) => this.makeItem(item), (node, item) => node.say(item, shown.t));
  }

  /** Only what changes with time. */
  tick() {
    if (this.shown) this.update(this.shown);
  }

  makeItem({ kind, id }) {
    const name = h("span", { class: "name clip" });
    const words = h("strong", { class: "words clip number" });
    const level = h("span", { class: "level" });
    const button = h("button", { type: "button", class: "button", on: { click: () => this.tell("lb-live", { kind, id, button }) } });
    button.append(level, h("span", { class: "what clip" }, icon(ICONS[kind]), name), words);
    const node = h("li", {}, button);
    node.say = (item, t) => {
      setText(name, [t.stage[kind], item.name].filter(Boolean).join(" "));
      setText(words, wordsOf(item, t));
      setAttribute(node, "data-soon", item.left !== null && item.left <= SOON_MS && item.words !== "paused");
      setAttribute(node, "data-drawing", item.words === "drawing");
      level.style.transform = `scaleX(${item.whole === null ? 0 : Math.min(1, item.left / item.whole)})`;
    };
    return node;
  }
}

function wordsOf({ words, values, left, winners }, t) {
  const clock = left === null ? "" : duration(Math.ceil(left / SECOND_MS) * SECOND_MS);
  if (words === null) return clock;
  return fill(t.stage[words], { ...values, left: clock, names: winners ? namesOf(winners, t.stage, fill) : "" });
}

customElements.define("lb-live-strip", LiveStrip);
