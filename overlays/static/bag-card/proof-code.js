/** The QR code of the page where anybody checks a draw, asked of the service once it is wanted. */
import { at } from "../../static/shared/root.js";

const ASK_AGAIN_MS = 5_000;
const NOBODY_ELSE = "this_machine";

export class ProofCode {
  #id = null;
  #askedAt = -Infinity;
  rows = null;

  /** Whether the code of this giveaway is there; asks for it when it is not. A code that only this PC opens is none. */
  ask(id, page) {
    if (this.#id !== id) {
      this.#id = id;
      this.rows = null;
      this.#askedAt = -Infinity;
    }
    if (this.rows === null && performance.now() - this.#askedAt > ASK_AGAIN_MS) this.#fetch(id, page);
    return this.rows !== null;
  }

  async #fetch(id, { room, token }) {
    this.#askedAt = performance.now();
    const url = at(`overlay/${encodeURIComponent(room)}/draws/${encodeURIComponent(id)}`);
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" }).catch(() => null);
    const code = answer?.ok ? await answer.json() : null;
    if (code !== null && code.reach !== NOBODY_ELSE && this.#id === id) this.rows = code.qr;
  }
}
