/** Setting an evening up: the draft, good times, and where a fault belongs. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, withGiven } from "../../../live/web/static/console/start-form/draft.js";
import { placed, said } from "../../../live/web/static/console/start-form/findings.js";
import { cutoffs, isOfADay, pickups, timeWords, titleOf, usualCutoff } from "../../../live/web/static/console/start-form/times.js";
import { words as english } from "../../../live/web/static/console/start-form/words/en.js";
import { words } from "../../../live/web/static/console/start-form/words/zh-CN.js";

const DRAFT = { title: " 今晚 ", offers: [], cutoff: "2026-01-07T21:30", pickup: "2026-01-08T10:00", points: "", hosts: "", policy: null, script: null };
const at = (...moment) => new Date(2026, 0, ...moment);

test("a price is sent as the wire wants it, and what is none stays to be told", () => {
  const prices = ["39.9", "39", "¥39.90", "39.9元", "面议", "", 3].map((price) => bodyOf({ ...DRAFT, offers: [{ id: "a", price }] }).offers[0].price);
  assert.deepEqual(prices, ["39.90", "39.00", "39.90", "39.90", "面议", "", "3.00"]);
});

test("a place that was there before keeps its id, and no two share one", () => {
  const draft = withGiven(DRAFT, { cycle: { pickup_points: [{ id: "p2", name: "东门", address: "一号" }] } });
  const { pickup_points: points } = bodyOf({ ...draft, points: "西门\n东门，二号\n东门" }).cycle;
  assert.deepEqual(points.map(({ id }) => id), ["p1", "p2", "p3"]);
  assert.equal(points[1].address, "二号");
  assert.equal(new Set(bodyOf({ ...draft, points: "东门\n西门\n北门" }).cycle.pickup_points.map(({ id }) => id)).size, 3);
});

test("an earlier evening is laid over the draft, and what it does not say stays", () => {
  const draft = withGiven({ ...DRAFT, hosts: "梅姐" }, { title: "周三", offers: [{ id: "a" }], cycle: { cutoff_at: "no time" } });
  assert.equal(draft.title, "周三");
  assert.equal(draft.cutoff, DRAFT.cutoff);
  assert.equal(draft.hosts, "梅姐");
});

test("hosts are told apart by any comma", () => {
  assert.deepEqual(bodyOf({ ...DRAFT, hosts: "梅姐，小李, 阿强、" }).hosts, ["梅姐", "小李", "阿强"]);
});

test("cut-offs are tonight's hours that lie ahead, then tomorrow's", () => {
  assert.deepEqual(cutoffs(at(7, 19, 0)), ["2026-01-07T21:00", "2026-01-07T22:00", "2026-01-07T23:00"]);
  assert.deepEqual(cutoffs(at(7, 22, 45)), ["2026-01-08T10:00", "2026-01-08T20:00"]);
  assert.equal(usualCutoff(at(7, 20, 20)), "2026-01-07T23:00");
});

test("a pickup lies hours behind its cut-off", () => {
  assert.deepEqual(pickups(at(7, 23, 0)), ["2026-01-08T10:00", "2026-01-08T17:00", "2026-01-09T10:00"]);
  assert.equal(pickups(at(7, 10, 0))[0], "2026-01-07T17:00");
});

test("a time is said as people say it", () => {
  const say = (input) => timeWords(input, at(7, 12, 0), words.start.when);
  assert.deepEqual(["2026-01-07T23:00", "2026-01-07T14:00", "2026-01-08T10:00", "2026-01-12T10:00"].map(say), ["今晚 23:00", "今天 14:00", "明天 10:00", "1 月 12 日 10:00"]);
});

test("every fault finds its place", () => {
  const found = placed([
    { field: "offers[2].price", message: "x" }, { field: "start.offers[0].variants[1].name", message: "y" }, { field: "cycle", message: "早于" },
    { field: "cycle.pickup_points[0].name", message: "z" }, { field: "offers", message: "重复" }, { field: "", message: "还在直播" },
  ]);
  assert.deepEqual([...found.offers.keys()], [2, 0]);
  assert.deepEqual(Object.keys(found.places), ["pickup", "points", "goods"]);
  assert.deepEqual([found.rest, found.count], [["还在直播"], 6]);
});

test("a fault is said with the form's own name of its field", () => {
  assert.equal(said({ field: "quota", message: "必须填写" }, words.start), "限量：必须填写");
  assert.match(said({ field: "price", message: '例："39.90"' }, words.start), /^价格（元）：写成 39.9/u);
});

test("a title that only names the day is told from one that somebody gave", () => {
  for (const { start } of [words, english]) {
    for (const day of ["2026-02-28T21:00", "2028-02-29T21:00", "2026-12-31T22:30"]) assert.ok(isOfADay(titleOf(day, start), start));
    for (const given of ["梅姐的晚场", `${titleOf("2026-01-07T21:00", start)}，加一场`, ""]) assert.ok(!isOfADay(given, start));
  }
});
