/** The words of the pages in the reader's language; Chinese first. */
import { en } from "./en.js";
import { zhCN } from "./zh-CN.js";

export { fill } from "./fill.js";

/** Chinese, whatever the browser speaks (OBS and many a shop PC say "en-US"); English where `?lang=en` asks for it. */
export function chooseWords(search) {
  return /^en\b/iu.test(new URLSearchParams(search).get("lang") ?? "") ? en : zhCN;
}
