/** More of an offer: how many, of which variant, and what the stock will be then. */
import "../choice/choice.js";
import "../../shared/stepper/stepper.js";
import { h, setText } from "../../shared/dom.js";
import { count } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";

const QUICK = Object.freeze([5, 10, 20, 50, 100]);
const FIRST = 10;

/** Ask for a restock of `offer`; `onDone({quantity, variantId})`. */
export function askRestock({ offer, t, onDone }) {
  const wanted = { quantity: FIRST, variantId: null };
  const after = h("p", { class: "after number" });
  const done = h("button", { type: "button", class: "button primary wide" });
  const stepper = document.createElement("lb-stepper");
  const show = () => {
    setText(done, fill(t.restock.doIt, { n: count(wanted.quantity), unit: offer.unit }));
    setText(after, afterwards(offer, wanted.quantity, t));
  };
  stepper.addEventListener("lb-change", (event) => {
    wanted.quantity = event.detail;
    done.disabled = event.detail < 1;
    show();
  });
  stepper.show({ value: FIRST, picks: QUICK, words: { label: fill(t.restock.howMany, { unit: offer.unit }), fewer: t.pick.fewer, more: t.pick.more } });
  openSheet({
    title: `${t.restock.title} · ${offer.title}`,
    body: [...variantChoice(offer, wanted, t), stepper, after],
    buttons: (close) => {
      done.addEventListener("click", () => (close(), onDone(wanted)));
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), done];
    },
  });
}

function variantChoice(offer, wanted, t) {
  const own = offer.variants.filter((variant) => variant.quota !== null);
  if (own.length === 0) return [];
  const choice = document.createElement("lb-choice");
  wanted.variantId = own[0].id;
  choice.addEventListener("lb-change", (event) => {
    wanted.variantId = event.detail;
  });
  const tiles = own.map((v) => ({ value: v.id, name: v.name, note: fill(t.now.left, { n: v.available, unit: offer.unit }) }));
  choice.show({ label: t.restock.forVariant, tiles, value: wanted.variantId });
  return [choice];
}

function afterwards(offer, quantity, t) {
  const promoted = Math.min(offer.waitlisted, Math.max(0, offer.available + quantity));
  const values = { quota: count(offer.quota + quantity), promoted: count(promoted), unit: offer.unit, available: count(offer.available + quantity - promoted) };
  return fill(promoted > 0 ? t.restock.afterPromote : t.restock.after, values);
}
