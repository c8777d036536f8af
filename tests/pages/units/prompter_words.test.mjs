import assert from "node:assert/strict";
import { test } from "node:test";
import { RULES } from "../../../live/web/static/prompter/rules.js";
import { prompterEn } from "../../../live/web/static/prompter/words/en.js";
import { choosePrompterWords } from "../../../live/web/static/prompter/words/index.js";
import { prompterZhCN } from "../../../live/web/static/prompter/words/zh-CN.js";

function leaves(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const places = (text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]).sort();

test("both languages say the same things with the same places", () => {
  const chinese = new Map(leaves(prompterZhCN));
  const english = new Map(leaves(prompterEn));
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  for (const [path, words] of chinese) assert.deepEqual(places(english.get(path)), places(words), path);
});

test("every rule can be read in one sentence, and has its words", () => {
  assert.deepEqual(Object.keys(prompterZhCN.cues.rules).sort(), RULES.map(({ id }) => id).sort());
  for (const { rule } of Object.values(prompterZhCN.cues.rules)) assert.match(rule, /^[^。]+。$/u);
});

test("no words of the teleprompter shout", () => {
  assert.deepEqual(leaves(prompterZhCN).filter(([, words]) => /[!！]/u.test(words)), []);
});

test("the teleprompter speaks Chinese, English where it is asked for", async () => {
  assert.equal((await choosePrompterWords("")).prompter.title, "提词器");
  assert.equal((await choosePrompterWords("?lang=en")).prompter.title, "Teleprompter");
  assert.equal((await choosePrompterWords("")).errors.unreachable.code, "unreachable");
});
