/** One order by hand: another quantity, or cancelled with a second tap in another place. */
import "../../shared/stepper/stepper.js";
import { h, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById, shortTitle } from "../../shared/select.js";
import { openSheet } from "../../shared/sheet/sheet.js";

const QUICK = Object.freeze([1, 2, 3, 5, 10]);

/** Change `order`: `onQuantity(quantity)` or `onCancel()`. */
export function changeOrder({ order, state, t, onQuantity, onCancel }) {
  const offer = offerById(state, order.offer_id);
  const names = { name: order.viewer.name, offer: offer ? shortTitle(offer) : order.offer_id, n: order.quantity };
  let quantity = order.quantity;
  const done = h("button", { type: "button", class: "button order wide" });
  const stepper = document.createElement("lb-stepper");
  stepper.addEventListener("lb-change", (event) => {
    quantity = event.detail;
    done.disabled = quantity < 1 || quantity === order.quantity;
    setText(done, fill(t.orders.changeTo, { n: quantity, unit: offer?.unit ?? "" }));
  });
  stepper.show({ value: quantity, picks: QUICK, words: { label: t.orders.change, fewer: t.pick.fewer, more: t.pick.more } });
  openSheet({
    title: `${names.name} · ${names.offer}`,
    body: [stepper],
    buttons: (close) => {
      done.addEventListener("click", () => (close(), onQuantity(quantity)));
      const cancel = () => (close(), askCancel({ names, t, onCancel }));
      return [h("button", { type: "button", class: "button plain", on: { click: cancel } }, t.orders.cancel), done];
    },
  });
}

function askCancel({ names, t, onCancel }) {
  openSheet({
    title: t.orders.cancel,
    body: [h("p", {}, fill(t.orders.cancelAsk, names))],
    buttons: (close) => [
      h("button", { type: "button", class: "button danger", on: { click: () => (close(), onCancel()) } }, t.orders.cancel),
      h("button", { type: "button", class: "button plain wide", on: { click: close } }, t.pick.back),
    ],
  });
}
