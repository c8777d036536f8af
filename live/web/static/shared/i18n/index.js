/** The words of the pages in the reader's language; Chinese first. */
import { en } from "./en.js";
import { zhCN } from "./zh-CN.js";

/** Choose by `?lang=`, else English only for a browser that asks for English and no Chinese. */
export function chooseWords(search, languages) {
  const asked = new URLSearchParams(search).get("lang");
  const wanted = asked ? [asked] : languages;
  const english = wanted.some((tag) => /^en\b/iu.test(tag)) && !wanted.some((tag) => /^zh\b/iu.test(tag));
  return english ? en : zhCN;
}

/** Fill `{name}` places: `fill("还剩 {n} {unit}", {n: 12, unit: "箱"})`. */
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/gu, (_place, name) => String(values[name] ?? ""));
}
