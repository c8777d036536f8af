/** The teleprompter's words beside those that all pages share: `t.prompter.…`, `t.cues.…`, `t.launch.…`. */
import { fetchWords, languageOf, SHARED_WORDS } from "../../shared/i18n/fetch.js";

const PROMPTER_WORDS = Object.freeze({
  "zh-CN": () => import("./zh-CN.js").then(({ prompterZhCN }) => ({ words: prompterZhCN })),
  en: () => import("./en.js").then(({ prompterEn }) => ({ words: prompterEn })),
});

/** In the reader's language; Chinese first. */
export function choosePrompterWords(search) {
  return fetchWords(languageOf(search), SHARED_WORDS, PROMPTER_WORDS);
}
