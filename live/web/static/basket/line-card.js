/** One kind of goods: what of it is promised, what waits, where it stands. Tells `lb-change` and `lb-cancel` with the line. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { dayTime } from "../viewer/moments.js";
import { tile } from "../viewer/tile.js";

const MEANINGS = Object.freeze({ open: "order", locked: "other", ready: "order", collected: "order", no_show: "trouble", cancelled: "other", expired: "other" });

class LineCard extends Part {
  build() {
    this.setAttribute("role", "listitem");
    this.picture = h("div", { class: "picture" });
    this.goods = h("h3");
    this.chip = h("span", { class: "chip" });
    this.queue = h("span", { class: "chip", "data-meaning": "confirm" });
    this.quantity = h("strong", { class: "number" });
    this.amount = h("span", { class: "amount number" });
    this.notes = h("ul", { class: "notes" });
    this.change = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-change", this.line) } });
    this.cancel = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-cancel", this.line) } });
    this.buttons = h("div", { class: "buttons" }, this.cancel, this.change);
    this.append(
      h("div", { class: "top" }, this.picture,
        h("div", { class: "words" }, this.goods, h("p", { class: "what" }, this.quantity, this.amount), h("p", { class: "chips" }, this.chip, this.queue), this.notes)),
      this.buttons,
    );
  }

  update({ line, part, open, clock, t }) {
    this.line = { ...line, part };
    const name = [line.title, line.variant].filter(Boolean).join(" · ");
    if (this.shown !== line.title) this.picture.replaceChildren(tile((this.shown = line.title)));
    setAttribute(this, "data-state", line.state);
    setText(this.goods, name);
    this.#showWhat(line, t);
    setNotes(this.notes, notesOf(line, open, clock, t));
    this.buttons.hidden = line.state !== "open" || !open || line.handled;
    setText(this.change, t.line.change);
    setText(this.cancel, t.line.cancel);
    setAttribute(this.change, "aria-label", `${t.line.change} ${name}`);
    setAttribute(this.cancel, "aria-label", `${t.line.cancel} ${name}`);
  }

  #showWhat(line, t) {
    const { unit } = line;
    const onlyWaits = line.state === "open" && line.quantity === 0;
    setText(this.quantity, fill(t.line.quantity, { n: onlyWaits ? line.waiting : line.quantity, unit }));
    const counts = line.state !== "cancelled" && line.state !== "expired" && !onlyWaits;
    setText(this.amount, counts ? `¥${line.amount}` : "");
    setText(this.chip, t.line[line.state]);
    setAttribute(this.chip, "data-meaning", MEANINGS[line.state]);
    this.chip.hidden = onlyWaits;
    this.queue.hidden = line.waiting === 0;
    setText(this.queue, line.waiting === 0 ? "" : onlyWaits ? `${t.line.waiting} · ${fill(t.line.place, { place: line.place })}` : fill(t.line.waits, { w: line.waiting, unit, place: line.place }));
  }
}

function notesOf(line, open, clock, t) {
  const { unit } = line;
  const now = clock.now();
  const over = line.state === "cancelled" || line.state === "expired";
  return [
    line.reason === null ? null : over ? line.reason : fill(t.line.less, { reason: line.reason }),
    line.state === "open" && line.expires_at ? fill(t.line.until, { at: dayTime(line.expires_at, now, t) }) : null,
    line.state === "collected" && line.collected_at ? dayTime(line.collected_at, now, t) : null,
    line.weight === null ? (line.weighed && !over ? t.offer.weighed : null) : fill(t.line.weight, { weight: line.weight, unit }),
    differenceOf(line, t),
    line.state === "no_show" ? t.line.noShow : null,
    line.state === "open" && open && line.handled ? t.line.handled : null,
  ].filter(Boolean);
}

/** 多退少补: what is to pay on top, or to give back, once it has been weighed. */
function differenceOf({ weight, difference }, t) {
  if (weight === null || /^-?0+\.00$/u.test(difference)) return null;
  return difference.startsWith("-") ? fill(t.line.refund, { amount: difference.slice(1) }) : fill(t.line.pay, { amount: difference });
}

function setNotes(list, notes) {
  if (list.dataset.told === notes.join("\n")) return;
  list.dataset.told = notes.join("\n");
  list.replaceChildren(...notes.map((note) => h("li", {}, note)));
}

customElements.define("lb-line", LineCard);
