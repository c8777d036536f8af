import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseViewersWords } from "../../../live/web/static/shared/i18n/viewers.js";
import { viewersEn } from "../../../live/web/static/shared/i18n/viewers.en.js";
import { viewersZhCN as t } from "../../../live/web/static/shared/i18n/viewers.zh-CN.js";
import { spaced, typed } from "../../../live/web/static/viewer/code.js";
import { Newest, socketUrl } from "../../../live/web/static/viewer/live.js";
import { dayTime, timeLeft } from "../../../live/web/static/viewer/moments.js";
import { fen, total, yuanOf } from "../../../live/web/static/viewer/money.js";
import { pathOf } from "../../../live/web/static/viewer/qr.js";

const NOW = Date.parse("2026-01-07T20:00:00+08:00");
const MINUTE = 60_000;

test("days are named as people name them, by the clock of the shop", () => {
  const say = (at, now = NOW) => dayTime(at, now, t);
  assert.equal(say("2026-01-07T21:30:00.000+08:00"), "今天 21:30");
  assert.equal(say("2026-01-08T10:00:00.000+08:00"), "明天 10:00");
  assert.equal(say("2026-01-06T23:59:00.000+08:00"), "昨天 23:59");
  assert.equal(say("2026-01-11T09:05:00.000+08:00"), "1月11日 周日 09:05");
  assert.equal(say("2026-01-08T00:10:00.000+08:00", Date.parse("2026-01-08T00:05:00+08:00")), "今天 00:10");
  assert.equal(say("2026-01-07T21:30:00-05:00", Date.parse("2026-01-07T20:00:00-05:00")), "今天 21:30");
});

test("what is left is told in two steps at most", () => {
  assert.equal(timeLeft(50 * 60 * MINUTE, t), "2 天 2 小时");
  assert.equal(timeLeft(80 * MINUTE + 59_999, t), "1 小时 20 分");
  assert.equal(timeLeft(4 * MINUTE + 5_000, t), "4 分 05 秒");
  assert.equal(timeLeft(45_000, t), "45 秒");
  assert.equal(timeLeft(0, t), "0 秒");
});

test("money is never a float", () => {
  assert.equal(fen("0.29"), 29n);
  assert.equal(fen("7"), 700n);
  assert.equal(total([["0.10", 3], ["0.20", 1]]), "0.50");
  assert.equal(total([["9999999.99", 1000]]), "9999999990.00");
  assert.equal(yuanOf(-5n), "-0.05");
});

test("a code is read in fours and typed as it comes", () => {
  assert.equal(spaced("K7M49XQ2PLWT"), "K7M4 9XQ2 PLWT");
  for (const text of ["k7m4-9xq2 plwt", "Ｋ７Ｍ４９ＸＱ２ＰＬＷＴ", " K7M4\u30009XQ2—PLWT "]) assert.equal(typed(text), "K7M49XQ2PLWT");
  assert.equal(typed("提货码"), "");
});

test("a symbol is drawn a run at a time, with its quiet zone around it", () => {
  assert.equal(pathOf(["110", "001"]), "M4 4h2v1h-2zM6 5h1v1h-1z");
});

test("an answer that was long on its way does not undo what came since", () => {
  const at = (second) => `2026-01-07T20:00:0${second}.000+08:00`;
  const newest = new Newest();
  const through = (frame) => newest.sift(frame);
  assert.deepEqual(through({ type: "answer", now: at(1), shop: "a", mine: "a" }), { type: "answer", now: at(1), shop: "a", mine: "a" });
  assert.deepEqual(through({ type: "offers", now: at(3), offers: ["b"] }), { type: "offers", now: at(3), offers: ["b"] });
  assert.deepEqual(through({ type: "answer", now: at(2), shop: "old", mine: "c" }), { type: "answer", now: at(2), mine: "c" });
  assert.equal(through({ type: "mine", now: at(1), mine: "old" }), null);
  assert.equal(through({ type: "offers", now: at(2), offers: ["old"] }), null);
  assert.deepEqual(through({ type: "answer", now: at(4), mine: "d" }), { type: "answer", now: at(4), mine: "d" });
  assert.deepEqual(through({ type: "offers", now: at(3), offers: ["e"] }), { type: "offers", now: at(3), offers: ["e"] });
  assert.deepEqual(through({ type: "nothing", now: at(5), nothing: null }), { type: "nothing", now: at(5), nothing: null });
});

test("a socket stands beside the page, under whatever path", () => {
  assert.equal(socketUrl("https://shop.example/linbo/ws/shops/main"), "wss://shop.example/linbo/ws/shops/main");
  assert.equal(socketUrl("http://192.168.1.5:8000/ws/shops/main"), "ws://192.168.1.5:8000/ws/shops/main");
});

function leaves(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const places = (text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]).sort();

test("both languages say the same things; English may leave a measure out", () => {
  const chinese = new Map(leaves(t));
  const english = new Map(leaves(viewersEn));
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  for (const [path, words] of chinese) assert.deepEqual(places(english.get(path)).filter((name) => !places(words).includes(name)), [], path);
});

test("no words shout at a customer", () => {
  assert.deepEqual(leaves(t).filter(([, words]) => /[!！]/u.test(words)), []);
});

test("Chinese comes first, English only for those who ask for it", () => {
  assert.equal(chooseViewersWords("").lang, "zh-CN");
  assert.equal(chooseViewersWords("?lang=en").lang, "en");
});
