/**
 * When a card slides in: one table, each line a pure function of the room's state, the service's time and what this device
 * remembers. The words of a rule are `t.cues.rules[id]`: its name, the rule as a sentence, what the card says and what to do.
 */
import { missingToCase, offerById, pinnedOffer, shortTitle } from "../shared/select.js";
import { unheardSources } from "../shared/sources.js";
import { priceNow } from "./price-now.js";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const LAST_SECONDS = 30;
const NO_PRICE_MS = 2 * MINUTE_MS;
const CUTOFF_MS = 10 * MINUTE_MS;
const MANY_ASK = 3;
const BUYERS_WAIT_MS = MINUTE_MS;
const MANY_TO_CONFIRM = 5;
const MANY_WAIT = 5;
const FEW = 3;

/**
 * `cue({state, now, memory})` gives `{about, values, act?}` or null: `about` tells one matter of a rule from the next, `act`
 * is what a button on the card does. The higher the `priority`, the sooner; a card goes by itself after `stays` (null: when
 * its matter is over), and its matter is quiet for `cooldown` then.
 */
export const RULES = Object.freeze([
  { id: "source", priority: 100, stays: null, cooldown: 2 * MINUTE_MS, cue: silentSource },
  { id: "audio", priority: 95, stays: null, cooldown: MINUTE_MS, cue: silentMicrophone },
  { id: "bag", priority: 90, stays: null, cooldown: LAST_SECONDS * SECOND_MS, cue: endingBag },
  { id: "flash", priority: 88, stays: null, cooldown: LAST_SECONDS * SECOND_MS, cue: flashCountdown },
  { id: "complaint", priority: 70, stays: 20 * SECOND_MS, cooldown: 5 * MINUTE_MS, cue: openComplaint },
  { id: "question", priority: 60, stays: 25 * SECOND_MS, cooldown: 2 * MINUTE_MS, cue: askedByMany },
  { id: "confirm", priority: 55, stays: 15 * SECOND_MS, cooldown: 2 * MINUTE_MS, cue: longQueue },
  { id: "price", priority: 50, stays: 25 * SECOND_MS, cooldown: MINUTE_MS, cue: noPrice },
  { id: "cutoff", priority: 48, stays: 20 * SECOND_MS, cooldown: 10 * MINUTE_MS, cue: nearCutoff },
  { id: "stock", priority: 46, stays: 15 * SECOND_MS, cooldown: 3 * MINUTE_MS, cue: lowStock },
  { id: "group", priority: 45, stays: 15 * SECOND_MS, cooldown: 3 * MINUTE_MS, cue: nearMinimum },
  { id: "case", priority: 40, stays: 15 * SECOND_MS, cooldown: 3 * MINUTE_MS, cue: nearCase },
  { id: "waitlist", priority: 35, stays: 15 * SECOND_MS, cooldown: 5 * MINUTE_MS, cue: longWaitlist },
]);

function silentSource({ state }) {
  const [source] = unheardSources(state);
  return source ? { about: source.id, values: { name: source.name } } : null;
}

function silentMicrophone({ memory }) {
  return memory.audio ? { about: memory.audio, values: { why: memory.audio } } : null;
}

function endingBag({ state, now }) {
  const bag = state.giveaways.find((each) => each.state === "open" && isSoon(each.closes_at, now));
  return bag ? { about: bag.id, values: { n: secondsTo(bag.closes_at, now), keyword: bag.keyword, entries: bag.entries } } : null;
}

function flashCountdown({ state, now }) {
  const starts = state.flash_sales.find((flash) => flash.state === "announced" && isSoon(flash.starts_at, now));
  const ends = state.flash_sales.find((flash) => flash.state === "running" && isSoon(flash.ends_at, now));
  const flash = ends ?? starts;
  if (!flash) return null;
  const offer = offerById(state, flash.offer_id);
  const values = { offer: offer ? shortTitle(offer) : "", price: flash.price, left: flash.available, unit: offer?.unit ?? "" };
  return { about: `${flash.id}/${flash.state}`, say: flash.state, values: { ...values, n: secondsTo(ends?.ends_at ?? flash.starts_at, now) } };
}

function openComplaint({ state }) {
  const open = state.tickets.filter((ticket) => ticket.state === "open");
  const newest = open.at(-1);
  return newest ? { about: newest.id, values: { n: open.length, name: newest.viewer.name, text: newest.text } } : null;
}

/** The question that most wait for: askers × minutes × whether orders hang on it. */
function askedByMany({ state, now }) {
  const asked = (state.questions ?? []).filter((each) => each.state === "open" && presses(each, now));
  const [first] = asked.sort((a, b) => weightOf(b, now) - weightOf(a, now));
  if (!first) return null;
  const { suggestion } = first;
  const values = { n: first.askers, text: first.text, key: suggestion?.key ?? null, answer: suggestion?.text ?? null };
  const say = suggestion ? (suggestion.source === "fact" && suggestion.key ? "fact" : "answer") : "open";
  return { about: first.id, todo: say, values, act: { type: "answer_question", question_id: first.id } };
}

function presses({ askers, orders, first_at: since }, now) {
  return askers >= MANY_ASK || (orders > 0 && now - Date.parse(since) >= BUYERS_WAIT_MS);
}

function weightOf({ askers, orders, first_at: since }, now) {
  return askers * (1 + Math.max(0, now - Date.parse(since)) / MINUTE_MS) * (orders > 0 ? 2 : 1);
}

function longQueue({ state }) {
  const n = state.confirmations.length;
  return n >= MANY_TO_CONFIRM ? { about: "queue", values: { n } } : null;
}

/** A price was on the picture at the pin and at every deal's start, and was said whenever the host says so. */
function noPrice({ state, now, memory }) {
  const offer = pinnedOffer(state);
  if (!offer || memory.pinned !== offer.id) return null;
  const deals = state.flash_sales.filter((flash) => flash.offer_id === offer.id).map((flash) => Date.parse(flash.starts_at));
  const last = Math.max(memory.pinned_at, memory.priced_at, ...deals.filter((at) => at <= now));
  if (now - last < NO_PRICE_MS) return null;
  const values = { n: Math.floor((now - last) / MINUTE_MS), offer: shortTitle(offer), price: priceNow(offer, state), unit: offer.unit };
  return { about: offer.id, values, act: { type: "priced" } };
}

function nearCutoff({ state, now }) {
  const left = Date.parse(state.session?.cycle?.cutoff_at) - now;
  if (!(left > 0 && left <= CUTOFF_MS)) return null;
  const n = Math.ceil(left / MINUTE_MS);
  return { about: n > 5 ? "ten" : n > 2 ? "five" : "two", values: { n } };
}

function lowStock({ state }) {
  const offer = pinnedOffer(state);
  if (!offer || offer.state !== "open" || offer.available > Math.max(FEW, offer.quota / 10)) return null;
  return { about: offer.id, values: { n: offer.available, unit: offer.unit, offer: shortTitle(offer) } };
}

/** Of what is shown a third may be missing, of the rest a few: who is named can still make it. */
function nearMinimum({ state }) {
  const shown = pinnedOffer(state)?.id;
  const near = state.offers.filter((offer) => {
    const missing = offer.min_quantity - offer.reserved;
    return offer.state === "open" && missing > 0 && missing <= (offer.id === shown ? Math.max(FEW, offer.min_quantity / 3) : FEW);
  });
  const offer = near.find(({ id }) => id === shown) ?? near[0];
  if (!offer) return null;
  return { about: offer.id, values: { n: offer.min_quantity - offer.reserved, unit: offer.unit, offer: shortTitle(offer) } };
}

function nearCase({ state }) {
  const offer = pinnedOffer(state);
  const n = offer && offer.state === "open" && offer.reserved > 0 ? missingToCase(offer) : 0;
  if (n === 0 || n > Math.max(FEW, offer.case_size / 4)) return null;
  return { about: offer.id, say: offer.unit === "箱" ? "boxes" : null, values: { n, unit: offer.unit, offer: shortTitle(offer) } };
}

function longWaitlist({ state }) {
  const [offer] = state.offers.filter(({ waitlisted }) => waitlisted >= MANY_WAIT).sort((a, b) => b.waitlisted - a.waitlisted);
  return offer ? { about: offer.id, values: { n: offer.waitlisted, unit: offer.unit, offer: shortTitle(offer) } } : null;
}

function isSoon(at, now) {
  const left = Date.parse(at) - now;
  return left > 0 && left <= LAST_SECONDS * SECOND_MS;
}

function secondsTo(at, now) {
  return Math.ceil((Date.parse(at) - now) / SECOND_MS);
}
