/** What the console says from its first paint on; what is fetched later brings its own words along. */
export const CONSOLE_WORDS = Object.freeze({ "zh-CN": () => import("./zh-CN.js"), en: () => import("./en.js") });
