import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseWords, fill } from "../../../live/web/static/shared/i18n/index.js";
import { en } from "../../../live/web/static/shared/i18n/en.js";
import { zhCN } from "../../../live/web/static/shared/i18n/zh-CN.js";

function leaves(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const places = (text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]).sort();

test("both languages say the same things with the same places", () => {
  const chinese = new Map(leaves(zhCN));
  const english = new Map(leaves(en));
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  for (const [path, words] of chinese) assert.deepEqual(places(english.get(path)), places(words), path);
});

test("no words of the console shout", () => {
  const { overlay: _onThePicture, ...console } = zhCN;
  assert.deepEqual(leaves(console).filter(([, words]) => /[!！]/u.test(words)), []);
});

test("Chinese comes first, English only for those who ask for it", () => {
  const lang = (search) => chooseWords(search).lang;
  assert.equal(lang(""), "zh-CN");
  assert.equal(lang("?room=main"), "zh-CN");
  assert.equal(lang("?lang=en"), "en");
  assert.equal(lang("?lang=en-GB"), "en");
  assert.equal(lang("?lang=zh-CN"), "zh-CN");
  assert.equal(lang("?lang=fr"), "zh-CN");
});

test("places are filled, those without a value with nothing", () => {
  assert.equal(fill("剩 {n} {unit}", { n: 0, unit: "箱" }), "剩 0 箱");
  assert.equal(fill("{a}{b}", { a: "{b}", b: undefined }), "{b}");
});
