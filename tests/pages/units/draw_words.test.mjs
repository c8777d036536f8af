import assert from "node:assert/strict";
import { test } from "node:test";
import { drawEn } from "../../../live/web/static/draw/words/en.js";
import { chooseDrawWords } from "../../../live/web/static/draw/words/index.js";
import { drawZhCN } from "../../../live/web/static/draw/words/zh-CN.js";
import { left, wall } from "../../../live/web/static/draw/moments.js";

function leaves(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const places = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]))].sort();

test("both languages say the same things with the same places", () => {
  const chinese = new Map(leaves(drawZhCN));
  const english = new Map(leaves(drawEn));
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  for (const [path, words] of chinese) assert.deepEqual(places(english.get(path)), places(words), path);
});

test("no words of the draw shout", () => {
  assert.deepEqual(leaves(drawZhCN).filter(([, words]) => /[!！]/u.test(words)), []);
});

test("Chinese whatever the phone speaks, English where it is asked for", () => {
  assert.equal(chooseDrawWords("").lang, "zh-CN");
  assert.equal(chooseDrawWords("?lang=en-GB").lang, "en");
});

test("a moment is told on the shop's wall clock, whose offset it carries", () => {
  assert.equal(wall("2026-01-07T20:30:05.123+08:00", drawZhCN), "1月7日 20:30");
  assert.equal(wall("2026-01-07T20:30:05+08:00", drawZhCN, { seconds: true }), "1月7日 20:30:05");
  assert.equal(wall("soon", drawZhCN), "soon");
  assert.equal(wall(null, drawZhCN), "");
});

test("what is left is told to the second and never below nothing", () => {
  assert.equal(left(4_800_000, drawZhCN), "1 小时 20 分");
  assert.equal(left(64_001, drawZhCN), "1 分 05 秒");
  assert.equal(left(59_001, drawZhCN), "1 分 00 秒");
  assert.equal(left(-5, drawZhCN), "0 秒");
});
