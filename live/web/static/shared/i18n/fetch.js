/**
 * Words fetched in the reader's language alone. A page names its files as `{"zh-CN": () => import(…), en: () => import(…)}`;
 * each gives `words`, and the words of a later file lie beside those of an earlier one, topic by topic.
 */
export const SHARED_WORDS = Object.freeze({
  "zh-CN": () => import("./zh-CN.js").then(({ zhCN }) => ({ words: zhCN })),
  en: () => import("./en.js").then(({ en }) => ({ words: en })),
});

/** Chinese, whatever the browser speaks (OBS and many a shop PC say "en-US"); English where `?lang=en` asks for it. */
export function languageOf(search) {
  return /^en\b/iu.test(new URLSearchParams(search).get("lang") ?? "") ? "en" : "zh-CN";
}

/** The words of several files as one; rejects when one cannot be fetched. */
export async function fetchWords(language, ...files) {
  const read = await Promise.all(files.map((file) => file[language]()));
  return read.reduce((words, file) => lay(words, file.words), {});
}

/** Words with more words laid beside them. */
export function lay(words, more) {
  const topics = Object.entries(more).map(([topic, said]) => [topic, typeof said === "object" ? { ...words[topic], ...said } : said]);
  return { ...words, ...Object.fromEntries(topics) };
}
