/** From taps to commands: what each part tells, and what is sent for it. */
import { post, Refused } from "../shared/commands.js";
import { fill } from "../shared/i18n/fill.js";
import { onList, pointNames } from "./lists.js";
import { openScanner } from "./scan.js";
import { askArrived, askNoShow } from "./sheets/ask.js";
import { endDay } from "./sheets/day-end.js";
import { choosePoint, openCounterMenu } from "./sheets/menu.js";
import { askRedeem } from "./sheets/redeem.js";
import { askWho } from "./sheets/who.js";
import { decimal } from "./weigh.js";

const TWICE = "already_collected";

/** Wire a counter. */
export function listen(counter) {
  for (const [name, act] of Object.entries(ACTS))
    document.addEventListener(name, (event) => act(counter, event.detail ?? {}));
}

const ACTS = Object.freeze({
  "lb-find": (counter, { text, done }) => counter.lookFor(text, done),
  "lb-scan": (counter) => openScanner({ t: counter.t, onFound: (text) => (counter.parts.find.put(text), counter.lookFor(text, true)) }),
  "lb-list": (counter, list) => (leave(counter), (counter.list = list), counter.draw()),
  "lb-open": (counter, { customer }) => counter.openNow(customer),
  "lb-back": (counter) => counter.show(null),
  "lb-picked": (counter) => counter.draw(),
  "lb-menu": ({ room, t }) => openCounterMenu({ room, t }),
  "lb-choose-point": (counter) =>
    choosePoint({ points: pointNames(counter.desk), point: counter.point, t: counter.t, onDone: (point) => counter.choosePoint(point) }),
  "lb-hand": (counter, { act }) => HAND[act]?.(counter),
  "lb-prize": (counter, { customer, prize }) => givePrize(counter, customer, prize),
  "lb-undo": (counter, handed) => undo(counter, handed),
  "lb-undo-line": (counter, line) => undoLine(counter, line),
  "lb-arrive": (counter, { arrival, button }) => askArrived({ arrival, t: counter.t, onDone: () => arrive(counter, arrival, button) }),
  "lb-no-show": (counter, { customer }) => askNoShow({ customer, t: counter.t, onDone: () => noShow(counter, customer, { told: true }) }),
  "lb-day-end": (counter) => closeDay(counter),
  "lb-redeem": (counter, { customer }) => askRedeem({ customer, t: counter.t, onDone: (points) => redeem(counter, customer, points) }),
  "lb-who": (counter, { customer }) => who(counter, customer),
});

const HAND = Object.freeze({
  hand: (counter) => hand(counter),
  again: (counter) => handAgain(counter),
  weigh: (counter) => counter.parts.card.askWeight(counter.picking.lacksWeight(counter.desk, counter.open)?.id),
  next: (counter) => leave(counter),
});

/** Ready for the next person. */
function leave(counter) {
  counter.parts.find.clear();
  counter.lookFor("", false);
  counter.feed.forget();
}

async function hand(counter) {
  const { open: customer, picking, desk, taps } = counter;
  const commands = picking.commands(desk, customer);
  const ids = picking.ticked(customer).map(({ id }) => id);
  const parts = commands.map(({ room, command }) => ({ room, code: command.pickup_code, ids: command.reservation_ids }));
  const handed = { name: customer.name, lines: ids.length, amount: decimal(picking.dueFen(customer)), parts };
  await guarded(counter, () => taps.send(ids, commands, handed), (error) => tellTwice(counter, customer, error));
}

async function handAgain(counter) {
  const { open: customer, picking, taps } = counter;
  const tap = taps.unsent(picking.ticked(customer).map(({ id }) => id));
  if (tap) await guarded(counter, () => taps.again(tap), (error) => tellTwice(counter, customer, error));
}

/** The same tap on two phones: the second hears that it was one, and nothing was counted twice. */
function tellTwice({ parts, t }, customer, error) {
  if (error.code !== TWICE) return parts.toast.failure(error, t.errors.close);
  const { title, body } = t.pickup.twice;
  parts.toast.warning({ what: title, why: fill(body, customer) }, t.errors.close);
}

/** A prize of a lucky bag is handed over: one tap, which the rules of the bag may refuse when its time is over. */
async function givePrize(counter, { name }, { giveaway, entry, prize, room }) {
  const { t, taps, parts: { toast } } = counter;
  const command = { type: "claim_giveaway", giveaway_id: giveaway, entry };
  if (await guarded(counter, () => taps.send([], [{ room, command }]))) toast.note(fill(t.pickup.card.prizeDone, { name, prize }));
}

async function undo(counter, handed) {
  const { t, taps, parts: { toast } } = counter;
  const ids = handed.parts.flatMap((part) => part.ids);
  const commands = handed.parts.map(({ room, code, ids: each }) => ({ room, command: takeBack(code, each) }));
  counter.handed.forget(handed);
  const done = await guarded(counter, () => taps.send(ids, commands));
  if (done) toast.note(fill(t.pickup.undo.took, handed));
}

async function undoLine(counter, { reservation, name }) {
  const { t, taps, desk, parts: { toast } } = counter;
  const { room } = desk.session(reservation.session_id);
  const done = await guarded(counter, () => taps.send([reservation.id], [{ room, command: takeBack(reservation.pickup_code, [reservation.id]) }]));
  if (done) toast.note(fill(t.pickup.undo.took, { name }));
}

function takeBack(code, ids) {
  return { type: "undo_collect", pickup_code: code, reservation_ids: ids };
}

async function arrive(counter, arrival, button) {
  const { t, taps, parts: { toast } } = counter;
  const commands = arrival.sessions.map(({ id, room, pointId }) => ({ room, command: { type: "mark_ready", session_id: id, ...(pointId && { pickup_point_id: pointId }) } }));
  button.setAttribute("aria-busy", "true");
  const done = await guarded(counter, () => taps.send([], commands));
  button.removeAttribute("aria-busy");
  if (done) toast.note(fill(t.pickup.arrive.done, { point: arrival.name || t.pickup.arrive.anywhere, people: arrival.people.size }));
}

/** Record that somebody did not come for what had arrived. Gives back whether it took effect. */
async function noShow(counter, { id, name }, { told }) {
  const { t, taps, desk, parts: { toast } } = counter;
  const now = counter.customers.find((customer) => customer.id === id);
  const missed = (now?.reservations ?? []).filter(({ state }) => state === "ready");
  const commands = missed.map((each) => ({ room: desk.session(each.session_id).room, command: { type: "mark_no_show", reservation_id: each.id } }));
  const done = commands.length > 0 && (await guarded(counter, () => taps.send(missed.map((each) => each.id), commands)));
  if (done && told) toast.note(fill(t.pickup.noShow.done, { name, n: missed.length }));
  return done;
}

function closeDay(counter) {
  endDay({
    left: () => onList(counter.customers, "ready", { desk: counter.desk, point: counter.shownPoint }),
    desk: () => counter.desk,
    t: counter.t,
    onMark: (customer) => noShow(counter, customer, { told: false }),
  });
}

async function redeem(counter, { held: [held], name }, points) {
  const { t, taps, parts: { toast } } = counter;
  const command = { type: "redeem_points", pickup_code: held.pickup_code, points };
  if (await guarded(counter, () => taps.send([], [{ room: held.room, command }]))) toast.note(fill(t.pickup.redeem.done, { name, n: points }));
}

function who(counter, customer) {
  const { t } = counter;
  askWho({
    customer,
    others: () => counter.customers.filter(({ id }) => id !== customer.id),
    t,
    onJoin: (other) => join(counter, customer, other),
    onSplit: (key, name) => people(counter, "split", { viewer_key: key }, fill(t.pickup.who.splitDone, { name })),
  });
}

function join(counter, one, other) {
  const codes = [one.held[0].pickup_code, other.held[0].pickup_code];
  return people(counter, "join", { pickup_codes: codes }, fill(counter.t.pickup.who.joined, { one: one.name, other: other.name }));
}

async function people(counter, act, body, note) {
  const { t, parts: { toast } } = counter;
  const done = await guarded(counter, () => post(`api/v1/people/${act}`, body, t.errors).then(() => true));
  if (done) toast.note(note);
}

/** Do something that may be refused, or not be sent; both are said. Gives back whether it took effect. */
async function guarded({ parts: { toast }, t }, act, onRefused = (error) => toast.failure(error, t.errors.close)) {
  try {
    const done = await act();
    if (done) toast.settle();
    else toast.failure(t.errors.unreachable, t.errors.close);
    return done;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    onRefused(error);
    return false;
  }
}
