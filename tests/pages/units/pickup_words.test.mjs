import assert from "node:assert/strict";
import { test } from "node:test";
import { pickupEn } from "../../../live/web/static/pickup/words/en.js";
import { chooseCounterWords } from "../../../live/web/static/pickup/words/index.js";
import { pickupZhCN } from "../../../live/web/static/pickup/words/zh-CN.js";

function leaves(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const places = (text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]).sort();

test("both languages say the same things with the same places", () => {
  const chinese = new Map(leaves(pickupZhCN));
  const english = new Map(leaves(pickupEn));
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  for (const [path, words] of chinese) assert.deepEqual(places(english.get(path)), places(words), path);
});

test("no words of the counter shout", () => {
  assert.deepEqual(leaves(pickupZhCN).filter(([, words]) => /[!！]/u.test(words)), []);
});

test("the counter speaks Chinese, English where it is asked for, and knows what all pages say", async () => {
  assert.equal((await chooseCounterWords("")).pickup.title, "提货台");
  assert.equal((await chooseCounterWords("?lang=en")).pickup.title, "Pickup counter");
  assert.equal((await chooseCounterWords("")).errors.unreachable.code, "unreachable");
});
