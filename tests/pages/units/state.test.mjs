import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, EMPTY, fromSnapshot } from "../../../live/web/static/shared/state.js";

const session = { id: "s1", state: "running", pinned_offer_id: null };
const egg = { id: "egg", quota: 10, reserved: 0, available: 10 };
const totals = { comments: 3, buyers: 1, reserved_quantity: 2, amount: "79.80" };
const started = { seq: 1, kind: "session_started", data: { session, totals: EMPTY.totals } };

function after(...events) {
  return events.reduce(apply, EMPTY);
}

test("a session's start empties what the last one left", () => {
  const full = { ...EMPTY, offers: [egg], reservations: [{ id: "r1" }], confirmations: [{ id: "c", platform: "p" }], prompt: { open: true } };
  const next = apply(full, started);
  assert.deepEqual([next.offers, next.reservations, next.confirmations, next.prompt], [[], [], [], null]);
  assert.equal(next.session, session);
});

test("a session that starts with its offers in the same event keeps them", () => {
  assert.deepEqual(after({ ...started, data: { session, offer: egg } }).offers, [egg]);
});

test("an object replaces its older self and keeps its place", () => {
  const more = { ...egg, reserved: 2, available: 8 };
  const state = after(started, offerAt(2, egg), offerAt(3, { ...egg, id: "apple" }), offerAt(4, more));
  assert.deepEqual(state.offers, [more, { ...egg, id: "apple" }]);
});

test("a reservation and its offer come in one event", () => {
  const data = { reservation: { id: "r1", quantity: 2 }, offer: { ...egg, reserved: 2 }, totals };
  const state = after(started, { seq: 2, kind: "reservation_made", data });
  assert.deepEqual([state.reservations, state.offers, state.totals], [[data.reservation], [data.offer], totals]);
});

test("a closed prompt is none", () => {
  const open = { seq: 2, kind: "prompt_opened", data: { prompt: { id: "p1", open: true } } };
  const closed = { seq: 3, kind: "prompt_closed", data: { prompt: { id: "p1", open: false } } };
  assert.equal(after(started, open).prompt.id, "p1");
  assert.equal(after(started, open, closed).prompt, null);
});

test("a comment waits until it is accepted or dismissed", () => {
  const waits = (seq, id) => ({ seq, kind: "comment_needs_confirmation", data: { comment: { platform: "p", id } } });
  const done = (seq, id, kind) => ({ seq, kind, data: { comment: { platform: "p", id } } });
  const state = after(started, waits(2, "a"), waits(3, "b"), waits(4, "c"), done(5, "b", "comment_accepted"), done(6, "a", "comment_dismissed"));
  assert.deepEqual(state.confirmations.map((comment) => comment.id), ["c"]);
});

test("a comment that is put to the host again stands where its number says, once", () => {
  const about = (seq, n, kind) => ({ seq, kind, data: { comment: { platform: "p", id: `m-${n}`, n } } });
  const three = [2, 3, 4].map((seq) => about(seq, seq * 10, "comment_needs_confirmation"));
  const again = after(started, ...three, about(5, 30, "comment_dismissed"), about(6, 30, "comment_reopened"), about(7, 20, "comment_revised"));
  assert.deepEqual(again.confirmations.map(({ n }) => n), [20, 30, 40]);
});

test("what happens to a comment that does not wait leaves the list itself", () => {
  const waiting = after(started, { seq: 2, kind: "comment_needs_confirmation", data: { comment: { platform: "p", id: "m-1", n: 1 } } });
  const other = apply(waiting, { seq: 3, kind: "comment_accepted", data: { comment: { platform: "p", id: "m-2", n: 2 } } });
  assert.equal(other.confirmations, waiting.confirmations);
});

test("platforms may share a comment id", () => {
  const waits = (seq, platform) => ({ seq, kind: "comment_needs_confirmation", data: { comment: { platform, id: "1" } } });
  const gone = { seq: 4, kind: "comment_accepted", data: { comment: { platform: "douyin", id: "1" } } };
  assert.deepEqual(after(started, waits(2, "douyin"), waits(3, "kuaishou"), gone).confirmations.map((c) => c.platform), ["kuaishou"]);
});

test("the old state is left as it was", () => {
  const before = after(started, offerAt(2, egg));
  const copy = structuredClone(before);
  apply(before, offerAt(3, { ...egg, reserved: 9 }));
  assert.deepEqual(before, copy);
});

test("an event of a kind from the future still carries its objects", () => {
  assert.deepEqual(after(started, { seq: 2, kind: "offer_sparkled", data: { offer: egg, sparkle: {} } }).offers, [egg]);
});

test("a snapshot is the state, and an event goes on from it", () => {
  const snapshot = { seq: 7, state: { ...EMPTY, session, offers: [egg], polls: [] } };
  const state = apply(fromSnapshot(snapshot), offerAt(8, { ...egg, reserved: 1 }));
  assert.equal(state.seq, 8);
  assert.equal(state.offers[0].reserved, 1);
  assert.deepEqual(state.polls, []);
});

function offerAt(seq, offer) {
  return { seq, kind: "offer_changed", data: { offer } };
}
