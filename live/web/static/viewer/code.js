/** Pickup codes as people read and type them. Pure. */

export const CODE_LENGTH = 12;

/** "K7M49XQ2PLWT" → "K7M4 9XQ2 PLWT". */
export function spaced(code) {
  return code.replace(/(.{4})(?=.)/gu, "$1 ");
}

/** What was typed, as the service knows it: "k7m4-9xq2 plwt" → "K7M49XQ2PLWT". */
export function typed(text) {
  return text.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/gu, "");
}
