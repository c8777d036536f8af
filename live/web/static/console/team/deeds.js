/** What somebody has done, from the events that their commands made. Pure. */
import { count } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById, shortTitle } from "../../shared/select.js";

const KEPT = 30;
const IDS = Object.freeze({
  comment_id: ({ comment, shown }) => comment?.id ?? shown?.comment_id,
  offer_id: ({ offer, flash_sale: flash }) => offer?.id ?? flash?.offer_id,
  reservation_id: ({ reservation }) => reservation?.id,
  giveaway_id: ({ giveaway }) => giveaway?.id,
  poll_id: ({ poll }) => poll?.id,
  question_id: ({ question }) => question?.id,
  ticket_id: ({ ticket }) => ticket?.id,
});

/** Which events leave nothing to do for a command: the first has done what it asks, another has done something else. */
const DONE_BY = Object.freeze({
  accept_comment: ["comment_accepted", "comment_dismissed"],
  dismiss_comment: ["comment_dismissed", "comment_accepted"],
  undo_comment: ["comment_reopened"],
  close_prompt: ["prompt_closed"],
  start_flash_sale: ["flash_sale_announced"],
  stop_flash_sale: ["flash_sale_ended"],
  open_giveaway: ["giveaway_opened"],
  draw_giveaway: ["giveaway_closed"],
  claim_giveaway: ["giveaway_claimed"],
  open_poll: ["poll_opened"],
  close_poll: ["poll_closed"],
  hide_comment: ["comment_hidden"],
  answer_question: ["question_answered"],
  cancel_reservation: ["reservation_cancelled"],
  close_ticket: ["ticket_changed"],
  close_cycle: ["cycle_closed"],
  mark_ready: ["goods_ready"],
  end_session: ["session_ended"],
});

/**
 * An event as a deed `{seq, at, by, kind, ids, words}`, or null where nobody's hand was in it. `booked`: the reservations
 * that the same comment has just made, `[reservation]`.
 */
export function deedOf({ seq, at, kind, data }, state, booked, t) {
  const words = t.team.did[kind];
  if (!data.by || !words || (kind.startsWith("reservation_") && data.comment_id)) return null;
  const ids = Object.fromEntries(Object.entries(IDS).map(([name, idOf]) => [name, idOf(data)]).filter(([, id]) => id));
  return { seq, at, by: data.by, kind, ids, words: fill(words, valuesOf(data, state, booked)) };
}

/** The latest deeds with one more, oldest first. */
export function withDeed(deeds, deed) {
  return [...deeds, deed].slice(-KEPT);
}

/** Whether a deed has done what a command asks. */
export function didSo({ type }, { kind }) {
  return DONE_BY[type]?.[0] === kind;
}

/** The latest deed that has left nothing to do for a command, or null. */
export function doneAlready(command, deeds) {
  const kinds = DONE_BY[command.type] ?? [];
  const names = Object.keys(IDS).filter((name) => command[name] !== undefined);
  return deeds.findLast(({ kind, ids }) => kinds.includes(kind) && names.every((name) => (ids[name] ?? command[name]) === command[name])) ?? null;
}

/** What a command asks for, in words, as far as the state knows whom and what it is about. */
export function wishWords(command, state, t) {
  const comment = state.confirmations.find(({ id }) => id === command.comment_id);
  const reservation = state.reservations.find(({ id }) => id === command.reservation_id);
  const offer = offerById(state, command.offer_id ?? command.ref_id ?? reservation?.offer_id);
  const viewer = command.viewer && { viewer: command.viewer };
  const values = valuesOf({ comment, reservation: reservation ?? viewer, offer }, state, []);
  return fill(t.team.wishes[command.type] ?? t.team.wish, { ...values, n: command.quantity ?? values.n }).trim();
}

/** Whether the state is already as a command wants it. */
export function isSo(command, state) {
  return SO[command.type]?.(command, state) ?? false;
}

const SO = Object.freeze({
  start_session: (_command, { session }) => session?.state === "running",
  accept_comment: notWaiting,
  dismiss_comment: notWaiting,
  pin_offer: ({ offer_id: id }, { session }) => session?.pinned_offer_id === id,
  open_offer: ({ offer_id: id }, state) => offerById(state, id)?.open === true,
  close_offer: ({ offer_id: id }, state) => offerById(state, id)?.open === false,
  close_prompt: (_command, { prompt }) => prompt === null,
  end_session: (_command, { session }) => session?.state === "ended",
  cancel_reservation: ({ reservation_id: id }, { reservations }) => reservations.find((each) => each.id === id)?.state === "cancelled",
});

function notWaiting({ comment_id: id }, { confirmations }) {
  return confirmations.every((comment) => comment.id !== id);
}

function valuesOf({ offer, flash_sale: flash, prompt, comment, shown, reservation, giveaway, poll, question, faq, ticket }, state, booked) {
  const goods = offer ?? offerById(state, flash?.offer_id ?? prompt?.ref_id ?? reservation?.offer_id);
  return {
    offer: goods ? shortTitle(goods) : "",
    unit: goods?.unit ?? "",
    available: goods ? count(goods.available) : "",
    price: flash?.price ?? "",
    n: reservation?.quantity ?? "",
    name: comment?.user?.name ?? shown?.name ?? reservation?.viewer?.name ?? ticket?.viewer?.name ?? "",
    what: booked.length > 0 ? bookedWords(booked, state) : comment ? `「${comment.text}」` : "",
    title: giveaway?.rules?.title ?? giveaway?.title ?? poll?.question ?? question?.text ?? faq?.text ?? "",
  };
}

function bookedWords(booked, state) {
  const lines = booked.map(({ offer_id: id, quantity }) => [offerById(state, id), quantity]);
  return lines.map(([offer, quantity]) => ` ${quantity} ${offer?.unit ?? ""}${offer ? shortTitle(offer) : ""}`).join("、");
}
