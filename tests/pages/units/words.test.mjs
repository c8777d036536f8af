import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fill } from "../../../live/web/static/shared/i18n/fill.js";
import { fetchWords, languageOf, lay, SHARED_WORDS } from "../../../live/web/static/shared/i18n/fetch.js";
import { CONSOLE_WORDS } from "../../../live/web/static/console/words/index.js";
import { THINGS } from "../../../live/web/static/console/things.js";

const LATER = Object.values(THINGS).map(({ words }) => words).filter(Boolean);
const FILES = [SHARED_WORDS, CONSOLE_WORDS, ...LATER];
const zhCN = await fetchWords("zh-CN", ...FILES);
const en = await fetchWords("en", ...FILES);

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
  assert.deepEqual(leaves(zhCN).filter(([, words]) => /[!！]/u.test(words)), []);
});

test("Chinese comes first, English only for those who ask for it", () => {
  assert.equal(languageOf(""), "zh-CN");
  assert.equal(languageOf("?room=main"), "zh-CN");
  assert.equal(languageOf("?lang=en"), "en");
  assert.equal(languageOf("?lang=en-GB"), "en");
  assert.equal(languageOf("?lang=zh-CN"), "zh-CN");
  assert.equal(languageOf("?lang=fr"), "zh-CN");
});

test("words that come later lie beside those of the same topic, and change none of them", () => {
  const known = Object.freeze({ lang: "zh-CN", pick: Object.freeze({ back: "返回" }) });
  assert.deepEqual(lay(known, { pick: { more: "加一" }, start: { go: "开播" } }), {
    lang: "zh-CN",
    pick: { back: "返回", more: "加一" },
    start: { go: "开播" },
  });
  assert.deepEqual(known, { lang: "zh-CN", pick: { back: "返回" } });
});

test("every folder with words has them fetched", () => {
  const folder = new URL("../../../live/web/static/console/", import.meta.url);
  const own = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith("words/zh-CN.js"));
  assert.equal(own.length, 1 + new Set(LATER.map((words) => String(words["zh-CN"]))).size);
});

test("places are filled, those without a value with nothing", () => {
  assert.equal(fill("剩 {n} {unit}", { n: 0, unit: "箱" }), "剩 0 箱");
  assert.equal(fill("{a}{b}", { a: "{b}", b: undefined }), "{b}");
});
