/** Texts, bytes and hex. Pure. */

/** The bytes of a text in UTF-8. Half a character has none: ask `isText` first. */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** Whether a value is a text that UTF-8 can say. */
export function isText(value) {
  return typeof value === "string" && !/[\ud800-\udfff]/u.test(value);
}

/** Bytes → "0a1b…", lower case. */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** "0a1b…" → bytes. */
export function fromHex(hex) {
  return Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}
