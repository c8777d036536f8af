/** The words of the draw's page: Chinese, whatever the phone speaks; English where `?lang=en` asks for it. */
import { drawEn } from "./en.js";
import { drawZhCN } from "./zh-CN.js";

export function chooseDrawWords(search) {
  return /^en\b/iu.test(new URLSearchParams(search).get("lang") ?? "") ? drawEn : drawZhCN;
}
