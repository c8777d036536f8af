/** The words of the customers' pages: Chinese, whatever the phone speaks; English where `?lang=en` asks for it. */
import { viewersEn } from "./viewers.en.js";
import { viewersZhCN } from "./viewers.zh-CN.js";

export { fill } from "./fill.js";

export function chooseViewersWords(search) {
  return /^en\b/iu.test(new URLSearchParams(search).get("lang") ?? "") ? viewersEn : viewersZhCN;
}
