import assert from "node:assert/strict";
import { test } from "node:test";
import { paces } from "../../../live/web/static/console/offer-board/pace.js";

const NOW = Date.parse("2026-01-07T20:10:00+08:00");
const egg = { id: "egg", available: 28 };
const order = (secondsAgo, quantity = 1, more = {}) => ({
  offer_id: "egg",
  state: "reserved",
  quantity,
  made_at: new Date(NOW - secondsAgo * 1000).toISOString(),
  ...more,
});
const paceOf = (reservations, offer = egg, now = NOW) => paces({ offers: [offer], reservations }, now).get(offer.id);

test("fourteen in two minutes are seven a minute, and 28 last four minutes", () => {
  const orders = Array.from({ length: 14 }, (_, i) => order(120 - i * 8));
  assert.deepEqual(paceOf(orders), { perMinute: 7, minutes: 4 });
});

test("a burst of a few seconds counts as a minute's", () => {
  assert.deepEqual(paceOf([order(9, 2), order(6), order(4, 2), order(1, 2)]), { perMinute: 7, minutes: 4 });
});

test("three orders are too few to tell", () => {
  assert.equal(paceOf([order(50), order(30), order(10)]), undefined);
  assert.notEqual(paceOf([order(50), order(30), order(10), order(1)]), undefined);
});

test("one order larger than all others together says nothing about the next minute", () => {
  assert.equal(paceOf([order(50), order(30), order(20), order(10, 50)]), undefined);
  assert.notEqual(paceOf([order(50), order(30), order(20), order(10, 3)]), undefined);
});

test("what is older than two minutes is over, and the pace falls as time goes by", () => {
  const orders = Array.from({ length: 12 }, (_, i) => order(60 - i * 5));
  assert.equal(paceOf(orders).perMinute, 12);
  assert.equal(paceOf(orders, egg, NOW + 60_000).perMinute, 6);
  assert.equal(paceOf(orders, egg, NOW + 180_000), undefined);
});

test("what was cancelled is not counted, those who wait are", () => {
  const wait = { state: "waitlisted" };
  assert.equal(paceOf([order(40), order(30), order(20), order(10, 1, { state: "cancelled" })]), undefined);
  assert.deepEqual(paceOf([order(40, 1, wait), order(30, 1, wait), order(20, 1, wait), order(10, 1, wait)], { ...egg, available: 0 }), {
    perMinute: 4,
    minutes: null,
  });
});

test("each offer has its own pace", () => {
  const apples = Array.from({ length: 4 }, () => order(20, 1, { offer_id: "apple" }));
  const found = paces({ offers: [egg, { id: "apple", available: 2 }], reservations: [...apples, order(10)] }, NOW);
  assert.deepEqual([...found], [["apple", { perMinute: 4, minutes: 0 }]]);
});

test("nobody plans beyond an hour", () => {
  const four = [order(40), order(30), order(20), order(10)];
  assert.equal(paceOf(four, { id: "egg", available: 240 }).minutes, 60);
  assert.equal(paceOf(four, { id: "egg", available: 241 }).minutes, null);
});
