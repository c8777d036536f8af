/** From taps on goods and orders to commands. */
import { fill } from "../shared/i18n/fill.js";
import { offerById, shortTitle } from "../shared/select.js";

/** Taps on goods and orders, each `(detail, {desk, run, open, whileBusy})`. */
export const ACTS = Object.freeze({
  "lb-next-offer": (detail, context) => showNext(detail, context),
  "lb-close": (detail, context) => close(detail, context),
  "lb-restock": (detail, context) => restock(detail, context),
  "lb-picture": (detail, context) => picture(detail, context),
  "lb-order": (detail, context) => order(detail, context),
});

/** What is not on sale yet is put on sale first. */
function showNext({ offer, button }, { run }) {
  if (!offer.open) run({ type: "open_offer", offer_id: offer.id }, null);
  return run({ type: "pin_offer", offer_id: offer.id }, button);
}

async function close({ offer, button }, { desk, run }) {
  const { t } = desk;
  if (!(await run({ type: "close_offer", offer_id: offer.id }, button))) return;
  const back = { word: t.offers.undo, run: () => run({ type: "open_offer", offer_id: offer.id }, null) };
  desk.parts.toast.note(fill(t.offers.closedNow, { offer: shortTitle(offer) }), back);
}

function restock({ offer, button }, { desk, run, open }) {
  const onDone = ({ quantity, variantId }) =>
    run({ type: "restock", offer_id: offer.id, variant_id: variantId, quantity }, button);
  const asked = { offer: offerById(desk.state, offer.id) ?? offer, t: desk.t, onDone };
  return open(desk, "restock-sheet", button, ({ askRestock }) => askRestock(asked));
}

function picture({ offer, file, button }, { desk, run, open, whileBusy }) {
  return open(desk, "offer-picture", button, async ({ keepPicture }) => {
    let name = null;
    const kept = await whileBusy(desk, null, async () => (name = await keepPicture(file, desk.t)));
    if (kept) await run({ type: "update_offer", offer_id: offer.id, picture: name }, null);
  });
}

function order({ reservation }, { desk, run, open }) {
  const { state, t } = desk;
  const seen = { reservation_id: reservation.id, if_changed_at: reservation.changed_at };
  const onQuantity = (quantity) => run({ type: "set_quantity", ...seen, quantity }, null);
  const onCancel = () => run({ type: "cancel_reservation", ...seen, reason: t.orders.cancelReason }, null);
  return open(desk, "order-sheet", null, ({ changeOrder }) => changeOrder({ order: reservation, state, t, onQuantity, onCancel }));
}
