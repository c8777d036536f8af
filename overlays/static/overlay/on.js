/** What of a room's state belongs on the picture at a moment (`now`, ms on the service's clock). Pure. */
import { runningSession } from "../../static/shared/select.js";

/** How long a thing that is over stays, in ms: a price that is gone, a draw and its proof, a result. */
export const FAREWELL_MS = 6_000;
export const PROOF_MS = 90_000;
export const JOY_MS = 8_000;
export const RESULT_MS = 12_000;
const LATE_MS = 5_000;

const FLASH_ORDER = Object.freeze(["running", "paused", "announced", "ended"]);

/** The flash sale to show, or null: one that runs before one that waits; one that is over says so for some seconds. */
export function flashOn(state, now) {
  if (!runningSession(state)) return null;
  const on = state.flash_sales.filter((sale) => sale.state === "ended" ? fresh(sale.ended_at, now, FAREWELL_MS) : !overdue(sale, now));
  return first(on, (sale) => FLASH_ORDER.indexOf(sale.state), "announced_at");
}

/** The sale that sets the price of an offer now, or null. */
export function saleOf(state, offerId) {
  return state.flash_sales.find((sale) => sale.offer_id === offerId && ["running", "paused"].includes(sale.state)) ?? null;
}

/** The sale of an offer that is still being counted down to, or null. */
export function comingSaleOf(state, offerId) {
  return state.flash_sales.find((sale) => sale.offer_id === offerId && sale.state === "announced") ?? null;
}

/** The giveaway to show, or null: a draw in its moment, then one that can be entered, then the proof of the last. */
export function bagOn(state, now) {
  const on = state.giveaways.filter((bag) => bag.state !== "drawn" || fresh(bag.drawn_at, now, PROOF_MS));
  return first(on, (bag) => bagRank(bag, now), "opened_at");
}

/** Whether a drawn giveaway still has its moment of joy; afterwards there is its proof. */
export function isJoyful(bag, now) {
  return bag.state === "drawn" && fresh(bag.drawn_at, now, JOY_MS);
}

/** The poll to show, or null: an open one, or the result of the last for some seconds. */
export function pollOn(state, now) {
  const on = state.polls.filter((poll) => poll.state === "open" || fresh(poll.closed_at, now, RESULT_MS));
  return first(on, (poll) => (poll.state === "open" ? 0 : 1), "opened_at");
}

/** The open call, or null; `covered` are the meanings that another layer on this page says already. */
export function promptOn(state, now, covered = []) {
  const { prompt } = state;
  return prompt?.open && Date.parse(prompt.closes_at) > now && !covered.includes(prompt.meaning) ? prompt : null;
}

/** What the host has put on the picture as this ("bubble", "question"), or null. */
export function saidOn(state, now, as) {
  const said = state.shown;
  return said?.open && said.as === as && (said.until === null || Date.parse(said.until) > now) ? said : null;
}

function bagRank(bag, now) {
  if (bag.state === "closed") return 0;
  if (isJoyful(bag, now)) return 1;
  return bag.state === "open" ? 2 : 3;
}

/** Its time is up and nobody says so: the line to the service is down, or it would have ended. */
function overdue(sale, now) {
  return sale.state === "running" && now - Date.parse(sale.ends_at) > LATE_MS;
}

function fresh(at, now, forMs) {
  return at !== null && now - Date.parse(at) < forMs;
}

/** The one of the lowest rank; of equals the one that began last. */
function first(list, rank, began) {
  return [...list].sort((a, b) => rank(a) - rank(b) || Date.parse(b[began]) - Date.parse(a[began]))[0] ?? null;
}
