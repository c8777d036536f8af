import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh } from "../../../live/web/static/prompter/memory.js";
import { RULES } from "../../../live/web/static/prompter/rules.js";
import { EMPTY } from "../../../live/web/static/shared/state.js";

const NOW = Date.parse("2026-01-07T20:30:00+08:00");
const at = (seconds) => new Date(NOW + seconds * 1000).toISOString();
const EGG = Object.freeze({
  id: "egg", title: "土鸡蛋 30 枚", unit: "箱", price: "39.90", quota: 100, reserved: 10, available: 90, waitlisted: 0,
  case_size: 1, min_quantity: 0, state: "open", variants: [],
});

function room({ offer = {}, offers, session = {}, ...more } = {}) {
  const running = { id: "s", state: "running", pinned_offer_id: "egg", cycle: { cutoff_at: at(7200) }, ...session };
  return { ...EMPTY, session: running, offers: offers ?? [{ ...EGG, ...offer }], ...more };
}

function cue(id, state, memory = {}) {
  const rule = RULES.find((each) => each.id === id);
  return rule.cue({ state, now: NOW, memory: { ...fresh("s"), pinned: "egg", pinned_at: NOW, ...memory } });
}

test("in a quiet room no rule has anything to say", () => {
  assert.deepEqual(RULES.filter(({ id }) => cue(id, room()) !== null), []);
});

test("every rule has a name of its own, and the more urgent stands above", () => {
  assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
  const priorities = RULES.map(({ priority }) => priority);
  assert.deepEqual(priorities, [...priorities].sort((a, b) => b - a));
  assert.ok(RULES.every(({ cooldown }) => cooldown > 0));
});

test("a source that is silent is named, and one that listens is not", () => {
  const source = { id: "oba", name: "直播助手", state: "silent" };
  assert.deepEqual(cue("source", room({ sources: [source] })), { about: "oba", values: { name: "直播助手" } });
  assert.equal(cue("source", room({ sources: [{ ...source, state: "listening" }] })), null);
});

test("what OBS says of the microphone is passed on", () => {
  assert.deepEqual(cue("audio", room(), { audio: "麦克风静音了" }).values, { why: "麦克风静音了" });
});

test("the last thirty seconds of a bag are counted, not the thirty-first", () => {
  const bag = { id: "b", state: "open", keyword: "福袋", entries: 12 };
  assert.deepEqual(cue("bag", room({ giveaways: [{ ...bag, closes_at: at(30) }] })).values, { n: 30, keyword: "福袋", entries: 12 });
  assert.equal(cue("bag", room({ giveaways: [{ ...bag, closes_at: at(31) }] })), null);
  assert.equal(cue("bag", room({ giveaways: [{ ...bag, closes_at: at(0) }] })), null);
  assert.equal(cue("bag", room({ giveaways: [{ ...bag, state: "drawn", closes_at: at(9) }] })), null);
});

test("a deal is counted down to its start and to its end", () => {
  const deal = { id: "f", offer_id: "egg", price: "29.90", available: 4, starts_at: at(9), ends_at: at(129) };
  const before = cue("flash", room({ flash_sales: [{ ...deal, state: "announced" }] }));
  assert.deepEqual([before.say, before.values.n, before.about], ["announced", 9, "f/announced"]);
  assert.equal(cue("flash", room({ flash_sales: [{ ...deal, state: "running" }] })), null);
  const near = cue("flash", room({ flash_sales: [{ ...deal, state: "running", ends_at: at(20) }] }));
  assert.deepEqual([near.say, near.values.n, near.values.left, near.values.offer], ["running", 20, 4, "土鸡蛋"]);
});

test("a complaint that nobody has answered is told with its words", () => {
  const ticket = { id: "t1", state: "open", text: "苹果坏了俩", viewer: { name: "张姐" } };
  assert.deepEqual(cue("complaint", room({ tickets: [ticket, { ...ticket, id: "t2" }] })).values, { n: 2, name: "张姐", text: "苹果坏了俩" });
  assert.equal(cue("complaint", room({ tickets: [{ ...ticket, state: "answered" }] })), null);
});

const QUESTION = Object.freeze({ id: "q", state: "open", text: "甜不甜", askers: 27, orders: 0, first_at: at(-10), suggestion: null });

test("27 ask whether it is sweet: say the sugar", () => {
  const suggestion = { text: "糖度 15", source: "fact", key: "糖度" };
  const said = cue("question", room({ questions: [{ ...QUESTION, suggestion }] }));
  assert.deepEqual([said.values, said.todo], [{ n: 27, text: "甜不甜", key: "糖度", answer: "糖度 15" }, "fact"]);
  assert.deepEqual(said.act, { type: "answer_question", question_id: "q" });
  assert.equal(cue("question", room({ questions: [{ ...QUESTION, suggestion: { ...suggestion, source: "faq", key: "f1" } }] })).todo, "answer");
  assert.equal(cue("question", room({ questions: [QUESTION] })).todo, "open");
});

test("two who ask can wait, unless one has ordered and has waited a minute", () => {
  assert.equal(cue("question", room({ questions: [{ ...QUESTION, askers: 2 }] })), null);
  const buyers = { ...QUESTION, askers: 1, orders: 1 };
  assert.equal(cue("question", room({ questions: [{ ...buyers, first_at: at(-59) }] })), null);
  assert.equal(cue("question", room({ questions: [{ ...buyers, first_at: at(-60) }] })).about, "q");
  assert.equal(cue("question", room({ questions: [{ ...QUESTION, state: "answered" }] })), null);
});

test("of several questions the one comes first that most have waited for longest, orders counting double", () => {
  const long = { ...QUESTION, id: "long", askers: 5, first_at: at(-600) };
  assert.equal(cue("question", room({ questions: [QUESTION, long] })).about, "long");
  assert.equal(cue("question", room({ questions: [{ ...QUESTION, askers: 5 }, { ...QUESTION, id: "paid", askers: 4, orders: 1 }] })).about, "paid");
});

test("a queue of five is long", () => {
  const waiting = (n) => room({ confirmations: Array.from({ length: n }, (_, i) => ({ id: String(i) })) });
  assert.equal(cue("confirm", waiting(4)), null);
  assert.deepEqual(cue("confirm", waiting(5)).values, { n: 5 });
});

test("two minutes after the pin a price must be said, unless a deal began or the host has said it", () => {
  const minutesAgo = (n) => NOW - n * 60_000;
  assert.equal(cue("price", room(), { pinned_at: minutesAgo(2) + 1 }), null);
  const said = cue("price", room(), { pinned_at: minutesAgo(3) });
  assert.deepEqual([said.values.n, said.values.price, said.act], [3, "39.90", { type: "priced" }]);
  assert.equal(cue("price", room(), { pinned_at: minutesAgo(9), priced_at: minutesAgo(1) }), null);
  const deal = { id: "f", offer_id: "egg", state: "running", starts_at: at(-60), ends_at: at(300) };
  assert.equal(cue("price", room({ flash_sales: [deal] }), { pinned_at: minutesAgo(9) }), null);
  const long = { ...deal, price: "29.90", starts_at: at(-130) };
  assert.equal(cue("price", room({ flash_sales: [long] }), { pinned_at: minutesAgo(9) }).values.price, "29.90");
  const coming = { ...deal, state: "announced", starts_at: at(60) };
  assert.equal(cue("price", room({ flash_sales: [coming] }), { pinned_at: minutesAgo(9) }).about, "egg");
  assert.equal(cue("price", room({ session: { pinned_offer_id: null } }), { pinned: null, pinned_at: minutesAgo(9) }), null);
});

test("the cut-off is told at ten, five and two minutes, each once", () => {
  const left = (seconds) => cue("cutoff", room({ session: { cycle: { cutoff_at: at(seconds) } } }));
  assert.equal(left(601), null);
  assert.deepEqual([left(600), left(300), left(61), left(5)].map(({ about, values }) => [about, values.n]), [["ten", 10], ["five", 5], ["two", 2], ["two", 1]]);
  assert.equal(left(0), null);
});

test("few are left at a tenth, or at three", () => {
  assert.equal(cue("stock", room({ offer: { available: 11 } })), null);
  assert.deepEqual(cue("stock", room({ offer: { available: 10 } })).values, { n: 10, unit: "箱", offer: "土鸡蛋" });
  assert.equal(cue("stock", room({ offer: { quota: 5, available: 4 } })), null);
  assert.equal(cue("stock", room({ offer: { available: 0, state: "sold_out" } })), null);
});

test("the minimum is near at a third for what is shown, at three for the rest", () => {
  assert.equal(cue("group", room({ offer: { min_quantity: 30, reserved: 19 } })), null);
  assert.equal(cue("group", room({ offer: { min_quantity: 30, reserved: 20 } })).values.n, 10);
  assert.equal(cue("group", room({ offer: { min_quantity: 30, reserved: 30 } })), null);
  const apple = { ...EGG, id: "apple", title: "苹果", min_quantity: 30 };
  assert.equal(cue("group", room({ offers: [EGG, { ...apple, reserved: 26 }] })), null);
  assert.equal(cue("group", room({ offers: [EGG, { ...apple, reserved: 27 }] })).about, "apple");
});

test("a case is near at a quarter, or at three, and boxes are bundled in whole 件", () => {
  assert.equal(cue("case", room({ offer: { case_size: 24, reserved: 17 } })), null);
  assert.equal(cue("case", room({ offer: { case_size: 24, reserved: 18 } })).values.n, 6);
  assert.equal(cue("case", room({ offer: { case_size: 24, reserved: 24 } })), null);
  assert.equal(cue("case", room({ offer: { case_size: 24, reserved: 0 } })), null);
  assert.equal(cue("case", room({ offer: { case_size: 24, reserved: 23 } })).say, "boxes");
  assert.equal(cue("case", room({ offer: { case_size: 24, reserved: 23, unit: "份" } })).say, null);
});

test("a waiting line of five is long, and the longest is named", () => {
  assert.equal(cue("waitlist", room({ offer: { waitlisted: 4 } })), null);
  const apple = { ...EGG, id: "apple", title: "苹果", waitlisted: 9 };
  assert.equal(cue("waitlist", room({ offers: [{ ...EGG, waitlisted: 5 }, apple] })).about, "apple");
});
