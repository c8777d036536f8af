import assert from "node:assert/strict";
import { test } from "node:test";
import { amount, boardPrice, count, duration, lineTotal, secondsLeft, withOffset, yuan } from "../../../live/web/static/shared/format.js";

test("numbers are grouped by thousands", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(count), ["0", "999", "1,000", "1,234,567"]);
});

test("money keeps its digits", () => {
  assert.deepEqual(["6.80", "12345.60", "9999999.99", "30"].map(amount), ["6.80", "12,345.60", "9,999,999.99", "30"]);
  assert.equal(yuan("39.90"), "¥39.90");
});

test("a price on the board leaves out a nought of fen", () => {
  assert.deepEqual(["12888.00", "39.90", "0.50", "6.00"].map(boardPrice), ["12,888", "39.90", "0.50", "6"]);
});

test("a line comes to the exact sum", () => {
  assert.deepEqual(
    [lineTotal("39.90", 2), lineTotal("0.01", 3), lineTotal("9999999.99", 100000), lineTotal("5", 3), lineTotal("0.5", 1)],
    ["79.80", "0.03", "999999999000.00", "15.00", "0.50"],
  );
});

test("time on air is read like a clock", () => {
  assert.deepEqual([0, 63_000, 3_723_000, 36_000_000].map(duration), ["0:00", "1:03", "1:02:03", "10:00:00"]);
});

test("a countdown says zero only when it is over", () => {
  assert.deepEqual([0, 1, 1_000, 1_001].map(secondsLeft), [0, 1, 1, 2]);
});

test("a moment is written with the phone's own offset", () => {
  const moment = new Date(2026, 0, 7, 22, 5, 0);
  assert.match(withOffset(moment), /^2026-01-07T22:05:00[+-]\d{2}:\d{2}$/u);
  assert.equal(Date.parse(withOffset(moment)), moment.getTime());
});
