import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk, pointOf } from "../../../live/web/static/pickup/desk.js";
import { arrivals, counts, onList, pointNames } from "../../../live/web/static/pickup/lists.js";

const POINTS = [{ id: "p1", name: "东门" }, { id: "p2", name: "西门" }];
const session = (id, room, started = "2026-01-07T20:00:00+08:00") => ({
  id, room, title: `场次 ${id}`, letter: id === "s1" ? "A" : "B", state: "running", started_at: started, bag_points: 1,
  cycle: { id: "wed", pickup_at: "2026-01-08T10:00:00+08:00", pickup_points: POINTS },
  offers: [{ id: "egg", title: "土鸡蛋", unit: "箱" }],
  giveaways: [],
});
const viewer = (key, name = key) => ({ key, name, platform: "kuaishou", weak: false });
const reservation = (id, key, more = {}) => ({
  id, session_id: "s1", viewer: viewer(key), offer_id: "egg", quantity: 1, unit_price: "39.90", state: "ready",
  pickup_code: `CODE-${key}`, position: 1, collected_at: null, ...more,
});
const basket = (key, reservations, more = {}) => ({
  session_id: "s1", room: "east", viewer: viewer(key), pickup_code: `CODE-${key}`, number: 1, pickup_point_id: "p1",
  phone_tail: null, own_bag: false, bag_points: 0, redeemed_points: 0, reservations, ...more,
});
const person = (id, baskets, more = {}) => ({ id, keys: [id], points: 0, no_shows: 0, baskets, ...more });
const desk = (people, more = {}) =>
  new Desk({ at: "", rooms: [{ room: "east", seq: 10 }], sessions: [session("s1", "east")], people, ...more });
const told = (seq, data, kind = "reservation_changed") => ({ seq, kind, data });
const names = (customers) => customers.map((customer) => customer.id);

test("an object of an event replaces its older self", () => {
  const one = desk([person("zhang", [basket("zhang", [reservation("r1", "zhang")])])]);
  assert.equal(one.take("east", told(11, { reservation: reservation("r1", "zhang", { state: "collected" }) })), false);
  assert.deepEqual(one.customers()[0].reservations.map(({ state }) => state), ["collected"]);
});

test("what the answer had already is not taken back", () => {
  const one = desk([person("zhang", [basket("zhang", [reservation("r1", "zhang", { state: "collected" })])])]);
  one.take("east", told(10, { reservation: reservation("r1", "zhang", { state: "ready" }) }));
  assert.equal(one.customers()[0].reservations[0].state, "collected");
});

test("an event of an earlier session is taken like any other", () => {
  const one = desk([person("zhang", [basket("zhang", [reservation("r1", "zhang")])])], {
    sessions: [session("s1", "east"), session("s2", "east", "2026-01-08T20:00:00+08:00")],
  });
  const offer = { id: "egg", title: "早场的鸡蛋", unit: "箱" };
  one.take("east", told(11, { earlier_session: "s1", earlier: { offer, reservation: reservation("r1", "zhang", { state: "no_show" }) } }));
  assert.equal(one.customers()[0].reservations[0].state, "no_show");
  assert.equal(one.session("s1").offers.get("egg").title, "早场的鸡蛋");
  assert.equal(one.session("s2").offers.get("egg").title, "土鸡蛋");
});

test("an offer of the newest session is told without its session", () => {
  const one = desk([], { sessions: [session("s1", "east"), session("s2", "east", "2026-01-08T20:00:00+08:00")] });
  one.take("east", told(11, { offer: { id: "egg", title: "新鸡蛋", unit: "箱" } }, "offer_changed"));
  assert.equal(one.session("s2").offers.get("egg").title, "新鸡蛋");
});

test("somebody new comes to the counter by an event", () => {
  const one = desk([]);
  one.take("east", told(11, { reservation: reservation("r1", "li", { position: 7 }) }));
  assert.deepEqual(one.customers().map(({ id, line, tail }) => [id, line, tail]), [["li", "7", null]]);
  assert.equal(pointOf(one, one.customers()[0].held[0]).name, "东门");
});

test("a new session, and goods of one that is not here, are asked for", () => {
  const one = desk([]);
  assert.equal(one.take("east", told(11, { session: session("s9", "east") }, "session_started")), true);
  assert.equal(one.take("east", told(12, { earlier_session: "s0", earlier: { reservation: reservation("r0", "li", { session_id: "s0" }) } })), true);
  assert.equal(one.take("west", told(1, { session: session("s8", "west") }, "session_ended")), false);
});

test("joined identities are one customer with the points of all", () => {
  const one = desk([
    person("p1", [basket("zhang", [reservation("r1", "zhang")], { number: 5, bag_points: 1 }), basket("hong", [reservation("r2", "hong")], { number: 2 })], {
      keys: ["zhang", "hong"], points: 4, no_shows: 1,
    }),
  ]);
  const [customer] = one.customers();
  assert.deepEqual([customer.names, customer.line, customer.points, customer.noShows], [["zhang", "hong"], "2", 4, 1]);
  one.take("east", told(11, { basket: { ...basket("hong"), redeemed_points: 3 } }, "basket_changed"));
  one.take("east", told(12, { reservation: reservation("r2", "hong", { state: "no_show" }) }));
  assert.deepEqual(one.customers().map(({ points, noShows }) => [points, noShows]), [[1, 2]]);
});

test("a number bears the letter of its session once two of the cycle have sold something", () => {
  const mine = person("a", [basket("a", [reservation("r1", "a")], { number: 12, line_number: "12" })]);
  const one = desk([mine], { rooms: [{ room: "east", seq: 10 }, { room: "west", seq: 0 }], sessions: [session("s1", "east"), session("s2", "west")] });
  assert.deepEqual(one.customers().map(({ line }) => line), ["12"]);
  one.take("west", told(1, { reservation: reservation("r2", "b", { session_id: "s2", position: 3 }) }));
  assert.deepEqual(one.customers().map(({ line }) => line), ["A12", "B3"]);
  assert.equal(one.line(one.customers()[1].held[0]), "B3");
});

test("a number keeps its letter where the others of its cycle are not on the answer", () => {
  const one = desk([person("a", [basket("a", [reservation("r1", "a")], { number: 12, line_number: "A12" })])]);
  assert.deepEqual(one.customers().map(({ line }) => line), ["A12"]);
});

test("who says nothing fetches at the first point, and may say otherwise later", () => {
  const one = desk([person("zhang", [basket("zhang", [reservation("r1", "zhang")])])]);
  one.take("east", told(11, { basket: { pickup_code: "CODE-zhang", pickup_point_id: "p2", phone_tail: "6688", own_bag: true, bag_points: 0, redeemed_points: 0 } }));
  const [{ held: [held], tail }] = one.customers();
  assert.deepEqual([pointOf(one, held).name, tail, held.own_bag], ["西门", "6688", true]);
});

const four = () =>
  desk([
    person("a", [basket("a", [reservation("r1", "a"), reservation("r2", "a", { state: "locked" })], { number: 1 })]),
    person("b", [basket("b", [reservation("r3", "b", { state: "collected", collected_at: "2026-01-08T10:05" })], { number: 2, pickup_point_id: "p2" })]),
    person("c", [basket("c", [reservation("r4", "c", { state: "collected", collected_at: "2026-01-08T10:09" })], { number: 3 })]),
    person("d", [basket("d", [reservation("r5", "d", { state: "reserved" })], { number: 4 })]),
  ]);

test("somebody stands on every list that has something of theirs", () => {
  const one = four();
  const all = one.customers();
  assert.deepEqual(counts(all, { desk: one }), { ready: 1, coming: 1, collected: 2, missed: 0 });
  assert.deepEqual(names(onList(all, "coming", { desk: one })), ["a"]);
});

test("who fetched last stands first among those who have fetched", () => {
  const one = four();
  assert.deepEqual(names(onList(one.customers(), "collected", { desk: one })), ["c", "b"]);
});

test("a point shows its own people alone", () => {
  const one = four();
  assert.deepEqual(pointNames(one), ["东门", "西门"]);
  assert.deepEqual(counts(one.customers(), { desk: one, point: "西门" }), { ready: 0, coming: 0, collected: 1, missed: 0 });
});

test("rooms that share a cycle share the arrival at a point", () => {
  const one = desk(
    [
      person("a", [basket("a", [reservation("r1", "a", { state: "locked" }), reservation("r2", "a", { state: "locked" })])]),
      person("b", [basket("b", [reservation("r3", "b", { state: "locked", session_id: "s2" })], { session_id: "s2", room: "west" })]),
      person("c", [basket("c", [reservation("r4", "c", { state: "locked" })], { pickup_point_id: "p2" })]),
    ],
    { sessions: [session("s1", "east"), session("s2", "west")] },
  );
  const found = arrivals(one.customers(), { desk: one });
  assert.deepEqual(found.map(({ name, people, lines, sessions }) => [name, people.size, lines, sessions.map(({ room }) => room)]), [
    ["东门", 2, 3, ["east", "west"]],
    ["西门", 1, 1, ["east"]],
  ]);
  assert.deepEqual(arrivals(one.customers(), { desk: one, point: "西门" }).map(({ name }) => name), ["西门"]);
});
