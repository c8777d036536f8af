/**
 * What somebody is about to order: so many more of each kind of goods, on top of what they have. Pure.
 *
 * A cart is an object of numbers by line key; the order that comes of it says how many they will have in all, so that it
 * can be sent twice.
 */
import { total } from "../viewer/money.js";

/** The key of one kind of goods; ids may hold anything but this character. */
const JOINT = "\u001f";

export function lineKey(offerId, variantId = null) {
  return variantId === null ? offerId : `${offerId}${JOINT}${variantId}`;
}

/** What may be chosen of an offer: itself, or each of its kinds. */
export function kindsOf(offer) {
  if (offer.variants.length === 0) return [{ key: lineKey(offer.id), variant: null, available: offer.available }];
  return offer.variants.map((variant) => ({ key: lineKey(offer.id, variant.id), variant, available: variant.available }));
}

/** What somebody has of one kind, promised and waiting. */
export function heldOf(mine, key) {
  const line = (mine?.lines ?? []).find((each) => each.state === "open" && lineKey(each.offer_id, each.variant_id) === key);
  return { quantity: line?.quantity ?? 0, waiting: line?.waiting ?? 0, handled: line?.handled ?? false };
}

/** How many more of one kind may be put into the cart: the limit counts all kinds of an offer together. */
export function room(shop, offer, mine, cart) {
  if (offer.state !== "open" && offer.state !== "sold_out") return 0;
  const kinds = kindsOf(offer).map(({ key }) => key);
  const taken = kinds.reduce((sum, key) => {
    const { quantity, waiting } = heldOf(mine, key);
    return sum + quantity + waiting + (cart[key] ?? 0);
  }, 0);
  return Math.max(0, Math.min(offer.limit ?? Infinity, shop.most) - taken);
}

/** How many of those in the cart would have to wait, as far as the page knows. */
export function willWait(kind, offer, cart) {
  const others = kindsOf(offer).reduce((sum, { key }) => sum + (key === kind.key ? 0 : (cart[key] ?? 0)), 0);
  const free = Math.max(0, Math.min(kind.available, offer.available - others));
  return Math.max(0, (cart[kind.key] ?? 0) - free);
}

/** The lines of a cart: `{key, offer, kind, extra}`, in the order of the list. */
export function linesOf(shop, cart) {
  return shop.offers.flatMap((offer) =>
    kindsOf(offer)
      .filter(({ key }) => cart[key] > 0)
      .map((kind) => ({ key: kind.key, offer, kind, extra: cart[kind.key] })),
  );
}

/** How many pieces, and what they come to. */
export function summary(shop, cart) {
  const lines = linesOf(shop, cart);
  return {
    pieces: lines.reduce((sum, { extra }) => sum + extra, 0),
    amount: total(lines.map(({ offer, extra }) => [offer.price, extra])),
  };
}

/** A cart without what may no longer be ordered, and no more than may be. */
export function pruned(shop, mine, cart) {
  const kept = {};
  for (const offer of shop.offers)
    for (const { key } of kindsOf(offer)) {
      const extra = Math.min(cart[key] ?? 0, room(shop, offer, mine, kept));
      if (extra > 0 && !heldOf(mine, key).handled) kept[key] = extra;
    }
  return kept;
}

/** The lines of the order: how many they will have in all. */
export function orderLines(shop, mine, cart) {
  return linesOf(shop, cart).map(({ key, offer, kind, extra }) => {
    const { quantity, waiting } = heldOf(mine, key);
    return { offer_id: offer.id, variant_id: kind.variant?.id ?? null, quantity: quantity + waiting + extra };
  });
}
