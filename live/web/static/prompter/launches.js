/** What a section can launch: its button, its terms, and whether it runs already. Pure. */
import { boardPrice } from "../shared/format.js";
import { fill } from "../shared/i18n/fill.js";
import { offerById, shortTitle } from "../shared/select.js";

const KINDS = Object.freeze({ open_prompt: "prompt", start_flash_sale: "flash", open_giveaway: "bag", open_poll: "poll" });
const WITH_MONEY = Object.freeze(["flash", "bag"]);

/** What a launch is: "prompt", "flash", "bag" or "poll"; null for what this page does not know. */
export function kindOf(launch) {
  return KINDS[launch?.type] ?? null;
}

/** Whether goods or money are promised by it: then a tap is asked about once. */
export function needsAsking(launch) {
  return WITH_MONEY.includes(kindOf(launch));
}

/** The moment until which the like of it runs already, `{until}`, or null. */
export function runningOf(launch, state, now) {
  const ends = RUNNING[kindOf(launch)]?.(launch, state) ?? null;
  return ends !== null && Date.parse(ends) > now ? { until: ends } : null;
}

const RUNNING = Object.freeze({
  prompt: (launch, { prompt }) => (prompt?.keyword === launch.keyword ? prompt.closes_at : null),
  flash: (_launch, { flash_sales: deals }) => {
    const deal = deals.find(({ state }) => state !== "ended");
    return deal ? (deal.state === "announced" ? deal.starts_at : deal.ends_at) : null;
  },
  bag: (_launch, { giveaways }) => giveaways.find(({ state }) => state === "open")?.closes_at ?? null,
  poll: (_launch, { polls }) => polls.find(({ state }) => state === "open")?.closes_at ?? null,
});

/** What its button says: 开福袋, 扣1. */
export function buttonWords(launch, t) {
  return fill(t.launch[kindOf(launch)], launch);
}

/** Its terms in a few lines, for the one question before money is at stake. */
export function termLines(launch, state, t) {
  const words = t.launch.terms;
  const length = lengthWords(launch.seconds, t);
  if (kindOf(launch) === "bag") {
    const values = { ...launch, value: boardPrice(launch.prize_value), length };
    return [fill(words.bag, values), launch.eligibility?.must_have_reserved ? words.buyers : words.anybody];
  }
  const offer = offerById(state, launch.offer_id);
  const values = { ...launch, offer: offer ? shortTitle(offer) : launch.offer_id, unit: offer?.unit ?? "", price: boardPrice(launch.price), length };
  return [fill(words.flash, values), launch.per_viewer_limit ? fill(words.limit, { ...values, limit: launch.per_viewer_limit }) : words.noLimit];
}

function lengthWords(seconds, t) {
  return seconds % 60 === 0 ? fill(t.launch.minutes, { n: seconds / 60 }) : fill(t.launch.seconds, { n: seconds });
}
