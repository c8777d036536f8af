/** The counter's words beside those that all pages share: `t.pickup.…`. */
import { fetchWords, languageOf, SHARED_WORDS } from "../../shared/i18n/fetch.js";

const COUNTER_WORDS = Object.freeze({
  "zh-CN": () => import("./zh-CN.js").then(({ pickupZhCN }) => ({ words: { pickup: pickupZhCN } })),
  en: () => import("./en.js").then(({ pickupEn }) => ({ words: { pickup: pickupEn } })),
});

/** In the reader's language; Chinese first. */
export function chooseCounterWords(search) {
  return fetchWords(languageOf(search), SHARED_WORDS, COUNTER_WORDS);
}
