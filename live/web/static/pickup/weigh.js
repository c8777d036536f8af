/** What goods come to, in fen, also by their actual weight (多退少补). Pure; the digits never go through a float. */

const WEIGHT = /^[0-9]{1,4}(?:\.[0-9]{1,3})?$/u;

/** A weight as it was typed, as the service wants it: "2。13" → "2.13"; null for what is none, and for nothing. */
export function readWeight(text) {
  const typed = text.trim().replace(/[。．，,]/gu, ".").replace(/^\./u, "0.").replace(/\.$/u, "");
  return WEIGHT.test(typed) && /[1-9]/u.test(typed) ? typed : null;
}

/** "39.90" → 3990n. */
export function fen(decimal) {
  const [whole, fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(2, "0"));
}

/** 3990n → "39.90"; the sign is left to words. */
export function decimal(amount) {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What was promised: so many at the price of the moment. */
export function promisedFen({ quantity, unit_price: price }) {
  return BigInt(quantity) * fen(price);
}

/** What a reservation costs: by its weight where there is one, half a fen rounded up; else as promised. */
export function amountFen(reservation, weight = null) {
  if (weight === null) return promisedFen(reservation);
  const [whole, fraction = ""] = weight.split(".");
  return (BigInt(whole + fraction.padEnd(3, "0")) * fen(reservation.unit_price) + 500n) / 1000n;
}

/** What is to pay on top (or, negative, to give back). */
export function differenceFen(reservation, weight) {
  return amountFen(reservation, weight) - promisedFen(reservation);
}
