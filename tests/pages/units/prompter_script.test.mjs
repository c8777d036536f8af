import assert from "node:assert/strict";
import { test } from "node:test";
import { buttonWords, kindOf, needsAsking, runningOf, termLines } from "../../../live/web/static/prompter/launches.js";
import { fresh } from "../../../live/web/static/prompter/memory.js";
import { paceOf, paceOfAll, spentOn, turnTo } from "../../../live/web/static/prompter/pace.js";
import { follow, placeOf, sectionsOf } from "../../../live/web/static/prompter/sections.js";
import { prompterZhCN as t } from "../../../live/web/static/prompter/words/zh-CN.js";
import { EMPTY } from "../../../live/web/static/shared/state.js";

const running = (script) => ({ ...EMPTY, session: { id: "s", state: "running", script } });
const section = (id, kind, offer_id = null, minutes = null) => ({ id, kind, title: id, offer_id, minutes, points: [], launch: null });
const SCRIPT = [section("o", "opening"), section("e", "offer", "egg"), section("f", "flash", "egg"), section("a", "offer", "apple"), section("e2", "offer", "egg")];

test("whatever stands under the script, only sections are shown", () => {
  assert.deepEqual(sectionsOf(running(null)), []);
  assert.deepEqual(sectionsOf(running({ cues: ["先讲鸡蛋"] })), []);
  assert.deepEqual(sectionsOf({ ...EMPTY, session: { state: "ended", script: { sections: [{ title: "开场" }] } } }), []);
  const [only] = sectionsOf(running({ sections: ["嗨", { title: 5 }, { title: "开场", points: ["晚上好", 7] }] }));
  assert.deepEqual([only.title, only.kind, only.points, only.launch], ["开场", "talk", ["晚上好"], null]);
});

test("the section follows what is pinned, forward where there is one, and stays where it is told of already", () => {
  assert.equal(follow(SCRIPT, 0, "egg"), 1);
  assert.equal(follow(SCRIPT, 1, "egg"), 1);
  assert.equal(follow(SCRIPT, 2, "egg"), 2);
  assert.equal(follow(SCRIPT, 3, "egg"), 4);
  assert.equal(follow(SCRIPT, 4, "apple"), 3);
  assert.equal(follow(SCRIPT, 2, "melon"), 2);
  assert.equal(follow(SCRIPT, 2, null), 2);
  assert.equal(follow([section("f", "flash", "egg")], 0, "egg"), 0);
  assert.equal(follow([section("o", "opening"), section("f", "flash", "egg")], 0, "egg"), 1);
});

test("a place is that of its section, also after others were put before it", () => {
  assert.equal(placeOf(SCRIPT, "a", 0), 3);
  assert.equal(placeOf(SCRIPT, "gone", 2), 2);
  assert.equal(placeOf(SCRIPT, "gone", 99), 4);
  assert.equal(placeOf([], "gone", 3), 0);
});

const MINUTE = 60_000;

test("the clock of a section runs while it is spoken, and goes on when one comes back to it", () => {
  let memory = turnTo(fresh("s"), "a", 1_000);
  assert.equal(spentOn(memory, "a", 31_000), 30_000);
  memory = turnTo(memory, "b", 31_000);
  assert.deepEqual([spentOn(memory, "a", 99_000), spentOn(memory, "b", 41_000)], [30_000, 10_000]);
  memory = turnTo(memory, "a", 41_000);
  assert.equal(spentOn(memory, "a", 51_000), 40_000);
  assert.equal(turnTo(memory, "a", 60_000), memory);
  assert.equal(spentOn(memory, "a", 0), 30_000);
});

test("a section is near its end at four fifths, and over at its minutes", () => {
  const memory = turnTo(fresh("s"), "a", 0);
  const tone = (now) => paceOf(section("a", "offer", null, 5), memory, now).tone;
  assert.deepEqual([tone(3.9 * MINUTE), tone(4 * MINUTE), tone(5 * MINUTE)], ["good", "near", "over"]);
  assert.deepEqual(paceOf(section("a", "talk"), memory, MINUTE), { spent: MINUTE, planned: null, share: 0, tone: "none" });
  assert.equal(paceOf(section("a", "offer", null, 5), memory, 50 * MINUTE).share, 1);
});

test("the evening is behind by what was spoken too long, ahead by what was left out", () => {
  const plan = [section("a", "talk", null, 3), section("b", "talk"), section("c", "talk", null, 5), section("d", "talk", null, 4)];
  const memory = { ...fresh("s"), id: "c", since: 0, spent: { a: 5 * MINUTE, b: 9 * MINUTE } };
  assert.deepEqual(paceOfAll(plan, 2, memory, MINUTE), { behind: 2 * MINUTE, left: 8 * MINUTE });
  assert.deepEqual(paceOfAll(plan, 2, memory, 7 * MINUTE), { behind: 4 * MINUTE, left: 4 * MINUTE });
  const skipped = { ...fresh("s"), id: "c", since: 0 };
  assert.equal(paceOfAll(plan, 2, skipped, 0).behind, -3 * MINUTE);
});

const BAG = { type: "open_giveaway", prize: "土鸡蛋一箱", prize_value: "39.90", winners: 2, keyword: "福袋", seconds: 120 };
const DEAL = { type: "start_flash_sale", offer_id: "egg", price: "29.90", quota: 10, per_viewer_limit: 1, seconds: 90, countdown_seconds: 10 };
const PROMPT = { type: "open_prompt", keyword: "1", seconds: 30 };

test("only what promises goods or money is asked about", () => {
  assert.deepEqual([BAG, DEAL, PROMPT, { type: "open_poll" }].map(needsAsking), [true, true, false, false]);
  assert.equal(kindOf({ type: "end_session" }), null);
  assert.equal(kindOf(null), null);
  assert.deepEqual([BAG, DEAL, PROMPT].map((launch) => buttonWords(launch, t)), ["开福袋", "开秒杀", "扣1"]);
});

test("the question says what will be given, to whom, and for how long", () => {
  const offers = [{ id: "egg", title: "土鸡蛋 30 枚", unit: "箱" }];
  assert.deepEqual(termLines(BAG, EMPTY, t), ["土鸡蛋一箱（价值 39.90 元），抽 2 名，口令“福袋”，2 分钟后开奖。开了就不能改。", "谁都能参加，每人一次。"]);
  assert.deepEqual(termLines(DEAL, { ...EMPTY, offers }, t), ["土鸡蛋 29.90 元，10 箱，10 秒后开始，90 秒结束。", "每人限 1 箱。"]);
});

test("what runs already is not opened twice", () => {
  const until = "2026-01-07T20:00:30+08:00";
  const now = Date.parse(until) - 1_000;
  assert.deepEqual(runningOf(BAG, { ...EMPTY, giveaways: [{ state: "open", closes_at: until }] }, now), { until });
  assert.equal(runningOf(BAG, { ...EMPTY, giveaways: [{ state: "drawn", closes_at: until }] }, now), null);
  assert.deepEqual(runningOf(PROMPT, { ...EMPTY, prompt: { keyword: "1", closes_at: until } }, now), { until });
  assert.equal(runningOf(PROMPT, { ...EMPTY, prompt: { keyword: "2", closes_at: until } }, now), null);
  assert.deepEqual(runningOf(DEAL, { ...EMPTY, flash_sales: [{ state: "running", ends_at: until }] }, now), { until });
  assert.equal(runningOf(DEAL, { ...EMPTY, flash_sales: [{ state: "running", ends_at: until }] }, now + 1_000), null);
});
