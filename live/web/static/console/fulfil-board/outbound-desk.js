/** What is sent to group chats and other systems, and what has not arrived: asked for once a minute while somebody looks. */
import { at } from "../../shared/root.js";

const EVERY_MS = 60_000;
const TRIED_AGAIN_MS = 3_000;
const LONG_MS = 5 * 60_000;

export class OutboundDesk {
  /** `onChange()` is called when there is something new to show. */
  constructor(onChange) {
    this.onChange = onChange;
    this.told = { targets: [], dead: [] };
  }

  start() {
    this.ask();
    setInterval(() => document.hidden || this.ask(), EVERY_MS);
  }

  /** A letter is on its way again: it has left the list, and may soon be back. */
  retried() {
    setTimeout(() => this.ask(), TRIED_AGAIN_MS);
    return this.ask();
  }

  async ask() {
    const answer = await fetch(at("api/v1/outbound"), { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    const body = answer?.ok ? await answer.json().catch(() => null) : null;
    if (body === null) return; // what was known still holds
    this.told = body;
    this.onChange();
  }
}

/** The targets with something given up, or that wait long, each with its dead letters. What was taken out is nobody's worry. */
export function stuckTargets({ targets, dead }, clock) {
  return targets
    .filter(({ state }) => state !== "off")
    .map((target) => ({ target, letters: dead.filter((letter) => letter.target === target.name), waited: waited(target, clock) }))
    .filter(({ target, waited }) => target.dead > 0 || waited > LONG_MS);
}

function waited({ oldest_at: oldest }, clock) {
  return oldest === null ? 0 : clock.since(oldest);
}
