/** Prices to propose for a flash deal. Pure. */
import { fen, yuanOf } from "../../viewer/money.js";

const TENTHS = Object.freeze([9, 8, 7, 5]);
const JIAO = 10n;

/** So many tenths of a price, down to the 角: ("39.90", 9) → "35.90". */
export function tenths(price, n) {
  return yuanOf(((fen(price) * BigInt(n)) / 10n / JIAO) * JIAO);
}

/** `[[9, "35.90"], …]`, those alone that are a price and below the regular one. */
export function discounts(price) {
  return TENTHS.map((n) => [n, tenths(price, n)]).filter(([, value]) => fen(value) > 0n && fen(value) < fen(price));
}

/** What was typed as a price as the service takes it, "29.9" → "29.90"; null when it is none. */
export function asPrice(text) {
  const typed = text.trim().replace("。", ".").replace(/^[¥￥]/u, "");
  return /^\d{1,7}(\.\d{1,2})?$/u.test(typed) && fen(typed) > 0n ? yuanOf(fen(typed)) : null;
}
