import assert from "node:assert/strict";
import { test } from "node:test";
import { cardsOf, goodsName, KINDS, markdownOf, moved, newCard, SAMPLES, sectionOfLine } from "../../../live/web/static/console/script-editor/cards.js";

const EGG = { id: "egg", number: 3, title: "土鸡蛋 30 枚", unit: "箱", price: "39.90" };
const MELON = { id: "melon", number: null, title: "哈密瓜", unit: "个", price: "0.05" };
const GOODS = [EGG, MELON];

const MARKDOWN = "## 开场 3分钟\n- 晚上好\n\n## 3号 土鸡蛋 5分钟\n- 散养的\n- 15 天\n> 扣1 30秒\n\n## 投票\n> 投票 明天上什么？ 2分钟\n> 1 草莓\n> 2 砂糖橘\n";
const SECTIONS = [
  { kind: "opening", title: "开场", offer_id: null, minutes: 3, points: ["晚上好"] },
  { kind: "offer", title: "土鸡蛋", offer_id: "egg", minutes: 5, points: ["散养的", "15 天"] },
  { kind: "poll", title: "投票", offer_id: null, minutes: null, points: [] },
];

test("cards come of what was read, each with the lines that it launches", () => {
  const cards = cardsOf({ script: { sections: SECTIONS }, markdown: MARKDOWN });
  assert.deepEqual(cards.map(({ launch }) => launch), ["", "扣1 30秒", "投票 明天上什么？ 2分钟\n1 草莓\n2 砂糖橘"]);
  assert.equal(cards[1].points, "散养的\n15 天");
});

test("cards are written as the text that they came of", () => {
  assert.equal(markdownOf(cardsOf({ script: { sections: SECTIONS }, markdown: MARKDOWN }), GOODS), MARKDOWN);
});

test("a heading says its kind, its goods by their number, and its minutes", () => {
  const text = (card) => markdownOf([{ points: "", launch: "", minutes: null, offerId: null, ...card }], GOODS).trim();
  assert.equal(text({ kind: "flash", title: "土鸡蛋", offerId: "egg", minutes: 2 }), "## 秒杀 3号 土鸡蛋 2分钟");
  assert.equal(text({ kind: "offer", title: "", offerId: "melon" }), "## 哈密瓜");
  assert.equal(text({ kind: "bag", title: "今晚福袋" }), "## 福袋 今晚福袋");
  assert.equal(text({ kind: "talk", title: "说说天气", offerId: "egg" }), "## 闲聊 说说天气");
  assert.equal(text({ kind: "closing", title: "结束" }), "## 结束");
});

test("what was taken out is not written, and what is blank is no point", () => {
  const cards = [{ ...newCard("opening"), points: " \n好\n" }, { ...newCard("closing"), gone: true }];
  assert.equal(markdownOf(cards, GOODS), "## 开场 3分钟\n- 好\n");
});

test("a new card of every kind has what it needs", () => {
  for (const kind of KINDS) assert.ok(newCard(kind, EGG).title.length > 1, kind);
  assert.deepEqual([newCard("flash", EGG).offerId, newCard("talk", EGG).offerId], ["egg", null]);
  assert.equal(newCard("flash", EGG).launch, "秒杀 35.90元 限量10 每人1 2分钟 预告10秒");
  assert.equal(SAMPLES.flash(MELON), "秒杀 0.00元 限量10 每人1 2分钟 预告10秒");
  assert.equal(SAMPLES.bag(EGG), "福袋 土鸡蛋一箱 价值39.90元 1名 口令福袋 2分钟");
});

test("a card moves as far as there is room", () => {
  assert.deepEqual(moved(["a", "b", "c"], 1, -1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 1, 1), ["a", "c", "b"]);
  const cards = ["a"];
  assert.equal(moved(cards, 0, -1), cards);
  assert.equal(moved(cards, 0, 1), cards);
});

test("a line is that of its section", () => {
  assert.deepEqual([1, 2, 4, 7, 12].map((line) => sectionOfLine(MARKDOWN, line)), [0, 0, 1, 1, 2]);
  assert.equal(sectionOfLine("嗨\n## 开场", 1), -1);
});

test("goods are called by number and short name", () => {
  assert.deepEqual(GOODS.map(goodsName), ["3号 土鸡蛋", "哈密瓜"]);
});
