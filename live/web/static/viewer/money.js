/** Sums of money, exactly: decimal strings in, a decimal string out. Pure. */

/** "39.90" → 3990n. */
export function fen(decimal) {
  const [whole, fraction = ""] = String(decimal).split(".");
  return BigInt(whole + fraction.padEnd(2, "0"));
}

/** 3990n → "39.90". */
export function yuanOf(fenAmount) {
  const digits = String(fenAmount < 0n ? -fenAmount : fenAmount).padStart(3, "0");
  return `${fenAmount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What goods at these prices and quantities come to: `[["39.90", 2], …]`. */
export function total(lines) {
  return yuanOf(lines.reduce((sum, [price, quantity]) => sum + fen(price) * BigInt(quantity), 0n));
}
