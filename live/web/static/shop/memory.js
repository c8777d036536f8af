/** What a browser keeps for its owner: a name for the next evening, a cart for the next minute. It may refuse to. */

const PREFIX = "linbo-";

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? "";
  } catch {
    return ""; // private windows may have no storage: then it is typed again
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // as above
  }
}

/** The cart of a session, as it was left in this tab. */
export function recallCart(sessionId) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(`${PREFIX}cart`) ?? "null");
    return kept?.session === sessionId ? kept.cart : {};
  } catch {
    return {};
  }
}

export function rememberCart(sessionId, cart) {
  try {
    sessionStorage.setItem(`${PREFIX}cart`, JSON.stringify({ session: sessionId, cart }));
  } catch {
    // as above
  }
}
