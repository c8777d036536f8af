/** What runs on the picture: flash deals, lucky bags, polls, a shown comment. Pure. */
import { offerById, shortTitle } from "../shared/select.js";

const FRESH_MS = 60_000;

/** The flash deals that have not ended. */
export function liveFlashes(state) {
  return state.flash_sales.filter((flash) => flash.state !== "ended");
}

/** The deal of an offer that has not ended, or null. */
export function flashOf(state, offerId) {
  return liveFlashes(state).find((flash) => flash.offer_id === offerId) ?? null;
}

/** Milliseconds until a deal's next turn: its start, its end, or what is left while it stands still. */
export function flashLeft({ state, starts_at: starts, ends_at: ends, paused_at: paused }, clock) {
  if (state === "announced") return clock.until(starts);
  return state === "paused" ? Math.max(0, Date.parse(ends) - Date.parse(paused)) : clock.until(ends);
}

/** The bag that takes entries or is being drawn, or null. */
export function openBag(state) {
  return state.giveaways.find((bag) => bag.state !== "drawn") ?? null;
}

export function openPoll(state) {
  return state.polls.find((poll) => poll.state === "open") ?? null;
}

/** The winners of a bag whose prize still stands, in the order in which they were drawn. */
export function winnersOf(bag) {
  return bag.rounds.flatMap((round) => round.winners).filter((winner) => winner.state !== "forfeited");
}

/** A first few names, and how many there are: "张姐、李哥 等 5 人". */
export function namesOf(winners, words, fill, most = 2) {
  const names = winners.slice(0, most).map(({ name }) => name).join("、");
  if (winners.length === 0) return words.drawnNobody;
  return winners.length > most ? fill(words.drawnMore, { names, n: winners.length }) : names;
}

/**
 * Everything that runs, for the strip under the thumb: `{kind, id, name, words, values, left, whole}`; `left` and `whole`
 * are milliseconds, both null where nothing counts down.
 */
export function running(state, clock) {
  return [
    ...liveFlashes(state).map((flash) => flashItem(flash, state, clock)),
    ...state.giveaways.map((bag) => bagItem(bag, clock)),
    ...state.polls.filter((poll) => poll.state === "open").map((poll) => pollItem(poll, clock)),
    state.shown && clock.until(state.shown.until) > 0 ? shownItem(state.shown, clock) : null,
  ].filter(Boolean);
}

function flashItem(flash, state, clock) {
  const offer = offerById(state, flash.offer_id);
  const words = { announced: "startsIn", running: "selling", paused: "paused" }[flash.state];
  const [from, to] = flash.state === "announced" ? [flash.announced_at, flash.starts_at] : [flash.starts_at, flash.ends_at];
  const name = offer ? shortTitle(offer) : flash.offer_id;
  return { kind: "flash", id: flash.id, name, words, values: { n: flash.available }, left: flashLeft(flash, clock), whole: span(from, to) };
}

function bagItem(bag, clock) {
  const item = { kind: "bag", id: bag.id, name: "", values: { n: bag.entries }, left: null, whole: null };
  if (bag.state === "open") return { ...item, words: "entering", left: clock.until(bag.closes_at), whole: span(bag.opened_at, bag.closes_at) };
  if (bag.state === "closed") return { ...item, words: "drawing" };
  const fresh = clock.since(bag.drawn_at) < FRESH_MS;
  return fresh ? { ...item, words: "drawn", winners: winnersOf(bag) } : null;
}

function pollItem(poll, clock) {
  const whole = span(poll.opened_at, poll.closes_at);
  return { kind: "poll", id: poll.id, name: "", words: "voting", values: { n: poll.votes }, left: clock.until(poll.closes_at), whole };
}

function shownItem(shown, clock) {
  const whole = span(shown.shown_at, shown.until);
  return { kind: "shown", id: shown.id, name: shown.name, words: null, values: {}, left: clock.until(shown.until), whole };
}

function span(from, to) {
  return Math.max(1, Date.parse(to) - Date.parse(from));
}
