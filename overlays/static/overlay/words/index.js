/** The words of the picture. It is for viewers: Chinese, whatever the PC speaks; English where `?lang=en` asks for it. */
import { en } from "./en.js";
import { zhCN } from "./zh-CN.js";

export { fill } from "../../../static/shared/i18n/fill.js";

export function chooseWords(search) {
  return /^en\b/iu.test(new URLSearchParams(search).get("lang") ?? "") ? en : zhCN;
}
