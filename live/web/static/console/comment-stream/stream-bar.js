/** What the list is narrowed to, with how many there are of each, and 暂停, all under the thumb. Tells `lb-filter` and `lb-pause`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { FILTERS } from "../comment-kinds.js";

const MEANINGS = Object.freeze({ orders: "order", questions: "question", complaints: "trouble", confirm: "confirm" });

class StreamBar extends Part {
  build() {
    this.group = h("div", { class: "filters", role: "group" });
    this.chips = FILTERS.map((filter) => makeChip(filter, () => this.tell("lb-filter", filter)));
    this.group.append(...this.chips);
    this.signs = { pause: icon("pause"), play: icon("play") };
    this.pause = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-pause") } });
    this.append(this.group, this.pause);
  }

  /** `countOf(filter)`; hidden ones have no chip while there are none and they are not looked at. */
  update({ filter, countOf, stopped, t }) {
    setAttribute(this.group, "aria-label", t.comments.filter);
    for (const chip of this.chips) {
      const n = countOf(chip.filter);
      setAttribute(chip, "hidden", chip.filter === "hidden" && n === 0 && filter !== "hidden");
      setAttribute(chip, "aria-pressed", String(chip.filter === filter));
      setAttribute(chip, "data-some", n > 0);
      setText(chip.word, t.comments.filters[chip.filter]);
      setText(chip.number, count(n));
    }
    setAttribute(this.pause, "aria-label", stopped ? t.comments.goOn : t.comments.pause);
    const sign = stopped ? this.signs.play : this.signs.pause;
    if (this.pause.firstChild !== sign) this.pause.replaceChildren(sign);
  }
}

function makeChip(filter, onTap) {
  const chip = h("button", { type: "button", class: "filter", "data-meaning": MEANINGS[filter], on: { click: onTap } });
  Object.assign(chip, { filter, word: h("span", { class: "clip" }), number: h("span", { class: "number" }) });
  chip.append(chip.word, chip.number);
  return chip;
}

customElements.define("lb-stream-bar", StreamBar);
