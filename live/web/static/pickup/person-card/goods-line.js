/** One thing that somebody has reserved, with a tick, its state and, where it is weighed, its weight. Tells `lb-picked`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { amount } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";
import { FETCHABLE, GONE } from "../lists.js";
import { clockTime } from "../moments.js";
import { amountFen, decimal, differenceFen } from "../weigh.js";

const UNDO_MS = 60_000;
const MEANINGS = Object.freeze({ ready: "order", collected: "other", locked: "confirm", no_show: "trouble" });

class GoodsLine extends Part {
  build() {
    this.name = h("strong");
    this.quantity = h("span", { class: "quantity number" });
    this.chip = h("span", { class: "chip number" });
    this.money = h("span", { class: "money number" });
    this.tick = h("button", { type: "button", class: "tick", role: "checkbox", on: { click: () => this.turn() } },
      h("span", { class: "box" }, icon("check")), h("span", { class: "words" }, this.name, this.quantity), h("span", { class: "end" }, this.money, this.chip));
    this.field = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "9", on: { input: () => this.weigh() } });
    this.unit = h("span");
    this.difference = h("strong", { class: "difference number", role: "status" });
    this.skip = h("button", { type: "button", class: "button bare", on: { click: () => (this.picking.turnWeighing(this.line.reservation), this.tell("lb-picked")) } });
    this.label = h("span");
    this.scale = h("div", { class: "scale" }, h("label", {}, this.label, this.field, this.unit), (this.skipped = h("span")), this.skip, this.difference);
    this.undo = h("button", { type: "button", class: "button plain undo", on: { click: () => this.tell("lb-undo-line", this.line) } });
    this.append(h("div", { class: "row" }, this.tick, this.undo), this.scale);
  }

  /** `line`: `{reservation, offer, name}`; `tap`: "sending", "unsent" or null; `now`: the service's clock. */
  update({ line, picking, tap, now, t }) {
    Object.assign(this, { line, picking, words: t.pickup });
    const { reservation, offer, name } = line;
    const open = FETCHABLE.includes(reservation.state) && tap !== "sending";
    const ticked = picking.isTicked(reservation);
    setAttribute(this, "data-state", reservation.state);
    setAttribute(this, "data-gone", GONE.includes(reservation.state));
    setText(this.name, name);
    setText(this.quantity, quantityWords(reservation, offer, this.words));
    setAttribute(this.tick, "aria-checked", String(ticked || reservation.state === "collected"));
    setAttribute(this.tick, "aria-label", `${fill(this.words.card.tick, { offer: name })} ×${reservation.quantity}`);
    this.tick.disabled = !open;
    setText(this.money, `¥${amount(decimal(amountFen(reservation, reservation.weighed ?? (ticked ? picking.weightOf(reservation) : null))))}`);
    this.showState(reservation, tap);
    this.showScale(reservation, offer, open && ticked);
    setText(this.undo, this.words.undo.do);
    setAttribute(this.undo, "hidden", !(reservation.state === "collected" && now - Date.parse(reservation.collected_at) < UNDO_MS));
  }

  askWeight() {
    this.field.focus();
    this.field.scrollIntoView({ block: "center" });
  }

  turn() {
    this.picking.toggle(this.line.reservation);
    this.tell("lb-picked");
  }

  weigh() {
    this.picking.weigh(this.line.reservation, this.field.value);
    this.tell("lb-picked");
  }

  showState({ state, collected_at: at }, tap) {
    const { card, states } = this.words;
    const told = at && state === "collected" ? fill(card.collectedAt, { time: clockTime(at) }) : states[state];
    setText(this.chip, tap ? card[tap] : told);
    setAttribute(this.chip, "data-meaning", tap === "unsent" ? "trouble" : (MEANINGS[state] ?? "other"));
  }

  showScale(reservation, offer, open) {
    const { card } = this.words;
    const weighs = open && Boolean(offer?.weighed);
    setAttribute(this.scale, "hidden", !weighs);
    if (!weighs) return;
    const skipped = this.picking.isUnweighed(reservation);
    setAttribute(this.scale.firstElementChild, "hidden", skipped);
    setText(this.label, card.weigh);
    setAttribute(this.field, "placeholder", fill(card.weighHint, { n: reservation.quantity }));
    if (this.field.value !== this.picking.typedWeight(reservation)) this.field.value = this.picking.typedWeight(reservation);
    setText(this.unit, offer.unit);
    setText(this.skipped, skipped ? card.skipped : "");
    setText(this.skip, skipped ? card.weighAgain : card.skip);
    this.showDifference(reservation, skipped);
  }

  showDifference(reservation, skipped) {
    const { card } = this.words;
    const weight = this.picking.weightOf(reservation);
    const typed = this.picking.typedWeight(reservation).trim() !== "";
    const difference = weight === null ? 0n : differenceFen(reservation, weight);
    const bad = !skipped && typed && weight === null;
    const owed = difference > 0n ? card.more : card.less;
    setAttribute(this.field, "aria-invalid", bad);
    setAttribute(this.difference, "data-meaning", bad ? "trouble" : difference > 0n ? "confirm" : "order");
    setText(this.difference, bad ? card.weighBad : weight === null ? "" : difference === 0n ? card.same : fill(owed, { amount: amount(decimal(difference)) }));
    setAttribute(this.skip, "hidden", !skipped && weight !== null);
  }
}

/** "×2 斤", and what it came to where it was weighed. */
function quantityWords({ quantity, weighed }, offer, words) {
  const unit = offer?.unit ?? "";
  const ordered = `×${quantity} ${unit}`;
  return weighed ? `${ordered} · ${fill(words.card.weighed, { weight: weighed, unit })}` : ordered;
}

customElements.define("lb-goods-line", GoodsLine);
