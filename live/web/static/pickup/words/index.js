/** The counter's words beside those that all pages share: `t.pickup.…`. */
import { chooseWords } from "../../shared/i18n/index.js";
import { pickupEn } from "./en.js";
import { pickupZhCN } from "./zh-CN.js";

/** In the reader's language; Chinese first. */
export function chooseCounterWords(search) {
  const shared = chooseWords(search);
  return { ...shared, pickup: shared.lang === "en" ? pickupEn : pickupZhCN };
}
