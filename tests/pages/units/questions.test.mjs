import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, figures, ranked, weight } from "../../../live/web/static/console/question-desk/ranking.js";
import { NO_ORDER, settle, STANDS_MS } from "../../../live/web/static/console/question-desk/steady.js";
import { suggestionOf } from "../../../live/web/static/console/question-desk/suggestion.js";
import { ago, took } from "../../../live/web/static/console/question-desk/times.js";
import { words as en } from "../../../live/web/static/console/question-desk/words/en.js";
import { words as t } from "../../../live/web/static/console/question-desk/words/zh-CN.js";

const NOW = Date.parse("2026-01-07T20:10:00+08:00");
const before = (seconds) => new Date(NOW - seconds * 1000).toISOString();
const ask = (id, seconds, askers = 1, more = {}) => ({ id, state: "open", askers, orders: 0, first_at: before(seconds), suggestion: null, ...more });
const done = (id, asked, said) => ask(id, asked, 1, { state: "answered", answered_at: before(said) });
const idsOf = (questions) => questions.map(({ id }) => id);

test("more who ask and a longer wait press more", () => {
  assert.deepEqual(idsOf(ranked([ask("few", 60, 2), ask("many", 60, 9), ask("long", 120, 9)], NOW)), ["long", "many", "few"]);
});

test("an order that hangs on it counts twice", () => {
  assert.equal(weight(ask("a", 60, 3, { orders: 1 }), NOW), 2 * weight(ask("b", 60, 3), NOW));
  assert.deepEqual(idsOf(ranked([ask("plain", 60, 3), ask("hangs", 60, 2, { orders: 2 })], NOW)), ["hangs", "plain"]);
});

test("a question of this moment is seen beside old ones", () => {
  assert.equal(weight(ask("a", 0, 4), NOW), weight(ask("b", 10, 4), NOW));
  assert.deepEqual(idsOf(ranked([ask("old", 40 * 60), ask("five", 180, 5)], NOW)), ["five", "old"]);
});

test("of two that press alike the earlier comes first, and always the same", () => {
  assert.deepEqual(idsOf(ranked([ask("b", 60), ask("a", 60), ask("c", 61)], NOW)), ["c", "a", "b"]);
  assert.deepEqual(idsOf(ranked([ask("a", 2000), ask("b", 3000)], NOW)), ["b", "a"]);
});

test("what is answered stands apart, the newest answer first", () => {
  const all = [done("first", 100, 90), ask("open", 10), done("second", 200, 20)];
  assert.deepEqual(idsOf(answered(all)), ["second", "first"]);
  assert.deepEqual(idsOf(ranked(all, NOW)), ["open"]);
});

test("the times to an answer are told by nearest rank", () => {
  const all = [done("a", 40, 30), done("b", 60, 40), done("c", 130, 10), ask("d", 9)];
  assert.deepEqual(figures(all), { raised: 4, answered: 3, median: 20_000, p90: 120_000 });
  assert.deepEqual(figures([ask("d", 9)]), { raised: 1, answered: 0, median: null, p90: null });
});

test("cards keep their places while they stand, what is new comes below, what has gone stays", () => {
  const held = settle(NO_ORDER, ["a", "b"], 0, -Infinity);
  assert.deepEqual(held, { ids: ["a", "b"], at: 0 });
  const soon = settle(held, ["c", "b"], STANDS_MS - 1, -Infinity);
  assert.deepEqual(soon.ids, ["a", "b", "c"]);
  assert.deepEqual(settle(soon, ["c", "b"], STANDS_MS, -Infinity), { ids: ["c", "b"], at: STANDS_MS });
});

test("a touch holds them longer", () => {
  const held = { ids: ["a", "b"], at: 0 };
  assert.deepEqual(settle(held, ["b", "a"], 9_000, 8_000).ids, ["a", "b"]);
  assert.deepEqual(settle(held, ["b", "a"], 8_000 + STANDS_MS, 8_000).ids, ["b", "a"]);
});

test("an order that is as wanted is left alone", () => {
  const held = { ids: ["a", "b"], at: 0 };
  assert.equal(settle(held, ["a", "b"], 99_000, -Infinity), held);
});

test("the first cards do not wait", () => {
  assert.deepEqual(settle({ ids: [], at: 0 }, ["a"], 1, 1).ids, ["a"]);
});

const egg = { id: "egg", title: "土鸡蛋 30 枚", unit: "箱", price: "39.90", available: 3 };
const state = { offers: [egg], flash_sales: [] };
const suggested = (source, more = {}) => ask("q", 5, 1, { offer_id: "egg", suggestion: { text: "旧的", source, key: null, ...more } });

test("stock and price are those of this moment", () => {
  assert.deepEqual(suggestionOf(suggested("stock"), state, t), { text: "还剩 3 箱", from: "现在的库存", aloud: null });
  assert.equal(suggestionOf(suggested("stock"), { ...state, offers: [{ ...egg, available: 0 }] }, t).text, "订完了，还要的可以排队");
  assert.equal(suggestionOf(suggested("price"), state, t).text, "¥39.90 一箱");
  const flash = { offer_id: "egg", state: "running", price: "9.90" };
  assert.equal(suggestionOf(suggested("price"), { ...state, flash_sales: [flash] }, t).text, "秒杀价 ¥9.90 一箱");
  assert.equal(suggestionOf(suggested("price"), { ...state, flash_sales: [{ ...flash, state: "announced" }] }, t).text, "¥39.90 一箱");
});

test("a fact says where it stands, and what has no source says none", () => {
  assert.deepEqual(suggestionOf(suggested("fact", { text: "脆甜", key: "口感" }), state, t), { text: "脆甜", from: "商品资料·口感", aloud: null });
  assert.equal(suggestionOf(suggested("llm", { aloud: "我家的脆甜" }), state, t).aloud, "我家的脆甜");
  assert.deepEqual(suggestionOf(suggested("oracle"), state, t), { text: "旧的", from: "", aloud: null });
  assert.equal(suggestionOf(ask("q", 5), state, t), null);
  assert.equal(suggestionOf(suggested("stock"), { ...state, offers: [] }, t).text, "旧的");
});

test("times are told as people tell them", () => {
  assert.deepEqual([0, 27_000, 61_000, 3_600_000].map((ms) => ago(ms, t)), ["刚刚", "25 秒前", "1 分钟前", "1 小时前"]);
  assert.deepEqual([400, 45_000, 120_000, 125_000, 3_780_000].map((ms) => took(ms, t)), ["0 秒", "45 秒", "2 分钟", "2 分 5 秒", "1 小时 3 分"]);
});

test("both languages say the same things", () => {
  const keys = (value, path = "") => (typeof value === "string" ? [path] : Object.keys(value).flatMap((key) => keys(value[key], `${path}.${key}`)));
  assert.deepEqual(keys(en).sort(), keys(t).sort());
});
