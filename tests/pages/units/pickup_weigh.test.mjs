import assert from "node:assert/strict";
import { test } from "node:test";
import { amountFen, decimal, differenceFen, fen, readWeight } from "../../../live/web/static/pickup/weigh.js";

const apples = { quantity: 5, unit_price: "3.98" };

test("a weight is read as it is typed on any keyboard", () => {
  assert.deepEqual(["5", " 5.120 ", "5。12", "5，1", "5.", ".5"].map(readWeight), ["5", "5.120", "5.12", "5.1", "5", "0.5"]);
});

test("what is no weight is none", () => {
  for (const text of ["", "0", "0.000", "五斤", "-1", "1.2345", "10000", "1.2.3", "1e3"]) assert.equal(readWeight(text), null, text);
});

test("money goes to fen and back without a float", () => {
  assert.equal(fen("9999999.99"), 999999999n);
  assert.deepEqual([0n, 5n, 3990n, -320n].map(decimal), ["0.00", "0.05", "39.90", "3.20"]);
});

test("weighed goods cost what they weigh, half a fen rounded up as the service does", () => {
  assert.equal(amountFen(apples), 1990n);
  assert.equal(amountFen(apples, "5.12"), 2038n); // 2037.76
  assert.equal(amountFen({ quantity: 1, unit_price: "0.01" }, "0.5"), 1n);
  assert.equal(amountFen({ quantity: 1, unit_price: "0.01" }, "0.499"), 0n);
});

test("the difference says who owes whom", () => {
  assert.equal(differenceFen(apples, "5.5"), 199n);
  assert.equal(differenceFen(apples, "4.5"), -199n);
  assert.equal(differenceFen(apples, "5"), 0n);
});
