/** The editor of the script, fetched when it is first wanted: by the console, by the form of the next evening, by the teleprompter. */
export const SCRIPT_EDITOR = Object.freeze({
  script: () => import("./script-editor/editor.js"),
  styles: ["../shared/sheet/sheet.css", "./choice/choice.css", "./script-editor/script-editor.css"],
  words: { "zh-CN": () => import("./script-editor/words/zh-CN.js"), en: () => import("./script-editor/words/en.js") },
});
