import assert from "node:assert/strict";
import { test } from "node:test";
import { heldOf, kindsOf, lineKey, linesOf, orderLines, pruned, room, summary, willWait } from "../../../live/web/static/shop/cart.js";

const egg = { id: "egg", title: "土鸡蛋", price: "39.90", unit: "箱", state: "open", available: 3, limit: 5, variants: [] };
const tofu = {
  id: "tofu", title: "豆腐", price: "6.80", unit: "份", state: "open", available: 4, limit: 4,
  variants: [{ id: "firm", name: "老豆腐", available: 1 }, { id: "soft", name: "嫩豆腐", available: 4 }],
};
const salt = { id: "salt", title: "盐", price: "0.50", unit: "包", state: "closed", available: 9, limit: null, variants: [] };
const shop = { most: 20, offers: [egg, tofu, salt] };
const [FIRM, SOFT] = kindsOf(tofu).map(({ key }) => key);
const line = (offer_id, variant_id, quantity, waiting = 0, state = "open") => ({ offer_id, variant_id, quantity, waiting, state, handled: false });
const mine = { lines: [line("egg", null, 1, 1), line("tofu", "firm", 2), line("egg", null, 9, 0, "cancelled")] };

test("an offer without kinds is one kind, and ids never run into each other", () => {
  assert.deepEqual(kindsOf(egg).map(({ key }) => key), ["egg"]);
  assert.notEqual(lineKey("a", "b-c"), lineKey("a-b", "c"));
});

test("what somebody has is what is promised and what waits, not what was cancelled", () => {
  assert.deepEqual(heldOf(mine, "egg"), { quantity: 1, waiting: 1, handled: false });
  assert.deepEqual(heldOf(null, "egg"), { quantity: 0, waiting: 0, handled: false });
});

test("the limit counts what one has, what is in the cart, and all kinds together", () => {
  assert.equal(room(shop, egg, null, {}), 5);
  assert.equal(room(shop, egg, mine, {}), 3);
  assert.equal(room(shop, egg, mine, { egg: 3 }), 0);
  assert.equal(room(shop, tofu, mine, { [SOFT]: 1 }), 1);
});

test("without a limit of its own an offer has the shop's", () => {
  const free = { ...egg, limit: null };
  assert.equal(room({ ...shop, offers: [free] }, free, null, { egg: 18 }), 2);
});

test("what is not on sale has no room", () => {
  for (const state of ["closed", "listed", "failed"]) assert.equal(room(shop, { ...egg, state }, null, {}), 0);
  assert.equal(room(shop, { ...egg, state: "sold_out" }, null, {}), 5);
});

test("what is more than there is will wait, over all kinds", () => {
  const [one] = kindsOf(egg);
  assert.equal(willWait(one, egg, { egg: 3 }), 0);
  assert.equal(willWait(one, egg, { egg: 5 }), 2);
  const [firm, soft] = kindsOf(tofu);
  assert.equal(willWait(firm, tofu, { [FIRM]: 2 }), 1);
  assert.equal(willWait(soft, tofu, { [FIRM]: 2, [SOFT]: 3 }), 1);
});

test("the sum is exact", () => {
  assert.deepEqual(summary(shop, { egg: 3, [SOFT]: 1 }), { pieces: 4, amount: "126.50" });
  assert.deepEqual(summary(shop, {}), { pieces: 0, amount: "0.00" });
});

test("the order says how many there will be in all, so that it can be sent twice", () => {
  assert.deepEqual(orderLines(shop, mine, { egg: 2, [SOFT]: 1 }), [
    { offer_id: "egg", variant_id: null, quantity: 4 },
    { offer_id: "tofu", variant_id: "soft", quantity: 1 },
  ]);
});

test("a cart forgets what may no longer be ordered, and keeps no more than may be", () => {
  assert.deepEqual(pruned(shop, mine, { egg: 9, salt: 2, gone: 1, [SOFT]: 1, [FIRM]: 0 }), { egg: 3, [SOFT]: 1 });
  const handled = { lines: [{ ...line("egg", null, 1), handled: true }] };
  assert.deepEqual(pruned(shop, handled, { egg: 1 }), {});
});

test("lines stand in the order of the list", () => {
  assert.deepEqual(linesOf(shop, { [SOFT]: 1, egg: 1 }).map(({ key }) => key), ["egg", SOFT]);
});
