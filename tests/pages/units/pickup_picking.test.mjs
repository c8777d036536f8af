import assert from "node:assert/strict";
import { test } from "node:test";
import { Handed } from "../../../live/web/static/pickup/handed.js";
import { bagBasket, Picking, whyNothing } from "../../../live/web/static/pickup/picking.js";
import { joinable } from "../../../live/web/static/pickup/sheets/join.js";

const reservation = (id, state, more = {}) => ({ id, state, offer_id: "egg", quantity: 2, unit_price: "3.00", ...more });
const held = (code, reservations, more = {}) => ({
  room: `room-${code}`, session_id: `s-${code}`, pickup_code: code, viewer: { key: "zhang", name: "张姐" }, own_bag: false, bag_points: 0, number: 1,
  phone_tail: null, reservations: new Map(reservations.map((each) => [each.id, each])), ...more,
});
const customer = (...baskets) => ({ held: baskets, reservations: baskets.flatMap((each) => [...each.reservations.values()]) });
const desk = (bagPoints = 1) => ({
  session: () => ({ bag_points: bagPoints }),
  offer: ({ offer_id: id }) => ({ id, weighed: id === "pork" }),
});

test("what has arrived is ticked, what nobody came for is not, the rest cannot be", () => {
  const zhang = customer(held("A", [reservation("r1", "ready"), reservation("r2", "no_show"), reservation("r3", "locked"), reservation("r4", "collected")]));
  const picking = new Picking(zhang);
  assert.deepEqual(picking.ticked(zhang).map(({ id }) => id), ["r1"]);
  for (const each of zhang.reservations) picking.toggle(each);
  assert.deepEqual(picking.ticked(zhang).map(({ id }) => id), ["r2"]);
});

test("one tap is one command a pickup code, to the room of each", () => {
  const zhang = customer(held("A", [reservation("r1", "ready")]), held("B", [reservation("r2", "ready"), reservation("r3", "locked")]), held("C", [reservation("r4", "collected")]));
  const commands = new Picking(zhang).commands(desk(), zhang);
  assert.deepEqual(commands.map(({ room, command }) => [room, command.pickup_code, command.reservation_ids, command.own_bag]), [
    ["room-A", "A", ["r1"], false],
    ["room-B", "B", ["r2"], false],
  ]);
});

test("weighed goods go with their weight, and wait for it", () => {
  const zhang = customer(held("A", [reservation("r1", "ready", { offer_id: "pork" }), reservation("r2", "ready")]));
  const picking = new Picking(zhang);
  assert.equal(picking.lacksWeight(desk(), zhang).id, "r1");
  picking.weigh(zhang.reservations[0], "2。5");
  assert.equal(picking.lacksWeight(desk(), zhang), null);
  assert.equal(picking.dueFen(zhang), 1350n);
  assert.deepEqual(picking.commands(desk(), zhang)[0].command.weights, { r1: "2.5" });
  picking.turnWeighing(zhang.reservations[0]);
  assert.deepEqual([picking.dueFen(zhang), picking.commands(desk(), zhang)[0].command.weights], [1200n, {}]);
});

test("a bag earns its points once, for the first of the codes that may earn", () => {
  const zhang = customer(held("A", [reservation("r1", "ready")], { own_bag: true, bag_points: 1 }), held("B", [reservation("r2", "ready")]), held("C", [reservation("r3", "ready")]));
  const picking = new Picking(zhang);
  assert.deepEqual(picking.commands(desk(), zhang).map(({ command }) => command.own_bag), [false, true, false]);
  picking.turnBag(zhang);
  assert.deepEqual(picking.commands(desk(), zhang).map(({ command }) => command.own_bag), [false, false, false]);
  assert.equal(bagBasket(desk(0), zhang, picking), null);
});

test("why nothing can be handed over", () => {
  const why = (...states) => whyNothing(customer(held("A", states.map((state, i) => reservation(`r${i}`, state)))));
  assert.deepEqual([why("ready", "locked"), why("no_show"), why("locked", "collected"), why("collected", "cancelled"), why("reserved"), why("cancelled")], [
    null, null, "coming", "done", "open", "empty",
  ]);
});

test("the last handing over may be taken back for a minute", () => {
  const handed = new Handed();
  handed.note({ name: "张姐", at: 0 });
  handed.note({ name: "李叔", at: 30_000 });
  assert.equal(handed.last(59_000).name, "李叔");
  handed.forget(handed.last(59_000));
  assert.equal(handed.last(59_000).name, "张姐");
  assert.equal(handed.last(60_000), null);
});

test("a weak identity is joined by its code alone", () => {
  const hidden = { ...customer(held("ZZZZ23456789", [], { viewer: { name: "堂***", key: "w" } })), weak: true };
  const li = { ...customer(held("7K2MABCDEFGH", [], { viewer: { name: "堂主", key: "l" } })), weak: false };
  assert.deepEqual(joinable([hidden, li], "堂"), { fit: [li], weak: true });
  assert.deepEqual(joinable([hidden, li], "ZZZZ"), { fit: [hidden], weak: false });
  assert.deepEqual(joinable([hidden, li], " "), { fit: [], weak: false });
});
