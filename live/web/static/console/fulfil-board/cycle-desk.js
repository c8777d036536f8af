/**
 * What the service says is left to do in the room's order cycles: asked for when it may have changed, at most once a
 * second, and only while somebody looks.
 */
import { at } from "../../shared/root.js";

const QUIET_MS = 1_000;
const OF_INTEREST = /^(session_|cycle_|goods_|reservation_|basket_|complaint_|ticket_|offer_)/u;

export class CycleDesk {
  #stale = true;
  #timer = null;

  /** `onChange()` is called when there is something new to show. */
  constructor(room, onChange) {
    this.url = at(`api/v1/rooms/${encodeURIComponent(room)}/cycles`);
    this.onChange = onChange;
    this.cycles = [];
    this.failed = false;
  }

  /** An event has come in; it may be of an earlier session, which the room's own state steps over. */
  heard(event) {
    if (!event || OF_INTEREST.test(event.kind)) this.#stale = true;
  }

  /** Somebody looks: fetch what has changed. */
  look() {
    if (!this.#stale || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#fetch(), this.cycles.length > 0 ? QUIET_MS : 0);
  }

  async #fetch() {
    this.#stale = false;
    const answer = await fetch(this.url, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    const body = answer?.ok ? await answer.json().catch(() => null) : null;
    this.failed = body === null;
    this.cycles = body?.cycles ?? this.cycles;
    this.#timer = null;
    this.onChange();
  }
}
