/** One of several, each a thumb-size tile: offers, variants, themes. Tells `lb-change` with the chosen value. */
import { h, Part, setAttribute } from "../../shared/dom.js";

class Choice extends Part {
  build() {
    this.group = h("div", { role: "radiogroup", class: "tiles" });
    this.group.addEventListener("keydown", (event) => this.onKey(event));
    this.append(this.group);
  }

  /** `tiles`: `[{value, name, note?}]`; `value` may be null. */
  update({ label, tiles, value }) {
    setAttribute(this.group, "aria-label", label);
    setAttribute(this.group, "data-notes", tiles.some((tile) => tile.note));
    this.tiles = tiles.map((tile) => ({ ...tile, node: this.makeTile(tile) }));
    this.group.replaceChildren(...this.tiles.map(({ node }) => node));
    this.mark(value);
  }

  makeTile({ value, name, note }) {
    const words = [h("span", { class: "name" }, name), note ? h("span", { class: "note number" }, note) : null];
    return h("button", { type: "button", role: "radio", class: "button plain", on: { click: () => this.choose(value) } }, ...words);
  }

  choose(value) {
    this.mark(value);
    this.tell("lb-change", value);
  }

  mark(value) {
    this.value = value;
    const known = this.tiles.some((tile) => tile.value === value);
    this.tiles.forEach(({ value: own, node }, i) => {
      setAttribute(node, "aria-checked", String(own === value));
      setAttribute(node, "tabindex", own === value || (!known && i === 0) ? "0" : "-1");
    });
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.tiles.findIndex(({ node }) => node === document.activeElement);
    const next = this.tiles[(at + step + this.tiles.length) % this.tiles.length];
    this.choose(next.value);
    next.node.focus();
  }
}

customElements.define("lb-choice", Choice);
