/** The words that pages share, in the reader's language, at once and in both languages; `fetch.js` fetches one alone. */
import { en } from "./en.js";
import { languageOf } from "./fetch.js";
import { zhCN } from "./zh-CN.js";

export { fill } from "./fill.js";

/** Chinese first; English where `?lang=en` asks for it. */
export function chooseWords(search) {
  return languageOf(search) === "en" ? en : zhCN;
}
