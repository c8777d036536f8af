import assert from "node:assert/strict";
import { test } from "node:test";
import { zhCN } from "../../../live/web/static/shared/i18n/zh-CN.js";
import { caseWords, claimsOf, missingToCase, offersInOrder, pinnedOffer, repliesTo, shortTitle, waitingPlaces } from "../../../live/web/static/shared/select.js";

const running = { state: "running", pinned_offer_id: "egg" };
const offers = [{ id: "b", number: null }, { id: "egg", number: 10 }, { id: "a", number: 2 }];

test("offers stand in the order of their numbers, those without one last", () => {
  assert.deepEqual(offersInOrder({ offers }).map((offer) => offer.id), ["a", "egg", "b"]);
});

test("nothing is shown once the session has ended", () => {
  assert.equal(pinnedOffer({ offers, session: running }).id, "egg");
  assert.equal(pinnedOffer({ offers, session: { ...running, state: "ended" } }), null);
  assert.equal(pinnedOffer({ offers, session: null }), null);
});

test("a short title ends at the first space, unless that leaves one letter", () => {
  assert.equal(shortTitle({ title: "土鸡蛋 30 枚" }), "土鸡蛋");
  assert.equal(shortTitle({ title: "A 级苹果" }), "A 级苹果");
  assert.equal(shortTitle({ title: "老母鸡" }), "老母鸡");
  assert.equal(shortTitle({ title: "柳树湾何家林下散养一年半老母鸡" }), "柳树湾何家林下散养一年…");
});

test("a case lacks what does not divide", () => {
  const missing = (reserved, size) => missingToCase({ reserved, case_size: size });
  assert.deepEqual([missing(0, 12), missing(9, 12), missing(12, 12), missing(13, 12), missing(5, 1)], [12, 3, 0, 11, 0]);
});

test("no case is filled with cases", () => {
  const words = (unit) => caseWords({ unit, reserved: 9, case_size: 12 }, zhCN);
  assert.deepEqual(["袋", "箱"].map(words), ["还差 3 袋成箱", "还差 3 箱凑整件"]);
});

test("of several kinds a call asks for one that is left", () => {
  const claims = (...variants) => claimsOf({ variants }, "1");
  const big = { name: "大果", available: 0 };
  const small = { name: "中果", available: null };
  assert.deepEqual([claims(), claims(big), claims(big, small), claims(big, big)], [["1"], ["1"], ["中果1"], ["大果1", "大果1"]]);
});

test("those who wait are counted per offer, in order of arrival", () => {
  const r = (id, offer, position, state = "waitlisted") => ({ id, offer_id: offer, position, state });
  const reservations = [r("1", "egg", 1, "reserved"), r("2", "egg", 2), r("3", "apple", 3), r("4", "egg", 4), r("5", "egg", 5, "cancelled")];
  assert.deepEqual([...waitingPlaces({ reservations })], [["2", 1], ["3", 1], ["4", 2]]);
});

test("replies to a prompt are those since it opened", () => {
  const prompt = { ref_id: "egg", opened_at: "2026-01-07T20:00:10.000+08:00" };
  const at = (second, offer = "egg", state = "reserved") => ({ offer_id: offer, state, made_at: `2026-01-07T20:00:${second}.000+08:00` });
  assert.equal(repliesTo({ reservations: [at("05"), at("10"), at("12"), at("13", "apple"), at("14", "egg", "cancelled")] }, prompt), 2);
});
