/** What the console fetches when it is first wanted; `later.js` fetches it. Addresses of styles are those beside this file. */
import { SCRIPT_EDITOR } from "./script-thing.js";

const SHEET = "../shared/sheet/sheet.css";
const STEPPER = "../shared/stepper/stepper.css";
const CHOICE = "./choice/choice.css";

const FULFIL_WORDS = Object.freeze({
  "zh-CN": () => import("./fulfil-board/words/zh-CN.js"),
  en: () => import("./fulfil-board/words/en.js"),
});

const ACTIVITY_WORDS = Object.freeze({
  "zh-CN": () => import("./activities/words/zh-CN.js"),
  en: () => import("./activities/words/en.js"),
});
const OFFER_WORDS = Object.freeze({
  "zh-CN": () => import("./offer-board/words/zh-CN.js"),
  en: () => import("./offer-board/words/en.js"),
});
const TEAM_WORDS = Object.freeze({ "zh-CN": () => import("./team/words/zh-CN.js"), en: () => import("./team/words/en.js") });
const ACTIVITY = Object.freeze({ styles: [SHEET, STEPPER, CHOICE, "./activities/activities.css"], words: ACTIVITY_WORDS });

const QUESTION_WORDS = Object.freeze({
  "zh-CN": () => import("./question-desk/words/zh-CN.js"),
  en: () => import("./question-desk/words/en.js"),
});
const QUESTION = Object.freeze({ styles: [SHEET, "./activities/activities.css", "./question-desk/question-desk.css"], words: QUESTION_WORDS });

const HEALTH = Object.freeze({
  styles: [SHEET, "./health-sheet/health-sheet.css"],
  words: { "zh-CN": () => import("./health-sheet/words/zh-CN.js"), en: () => import("./health-sheet/words/en.js") },
});

export const THINGS = Object.freeze({
  "start-form": {
    script: () => import("./start-form/start-form.js"),
    styles: ["./start-form/start-form.css"],
    words: { "zh-CN": () => import("./start-form/words/zh-CN.js"), en: () => import("./start-form/words/en.js") },
  },
  "after-bar": { script: () => import("./after-bar/after-bar.js"), styles: ["./after-bar/after-bar.css"] },
  "start-acts": { script: () => import("./start-form/acts.js") },
  "goods-sheet": { script: () => import("./start-form/goods-sheet.js"), styles: [SHEET], words: OFFER_WORDS },
  "rehearsal-sheet": { script: () => import("./start-form/rehearsal-sheet.js"), styles: [SHEET, CHOICE] },
  "comment-stream": {
    script: () => import("./comment-stream/comment-stream.js"),
    styles: ["./comment-stream/comment-stream.css", "./source-line/source-line.css"],
    words: { "zh-CN": () => import("./comment-stream/words/zh-CN.js"), en: () => import("./comment-stream/words/en.js") },
  },
  "question-desk": { script: () => import("./question-desk/question-desk.js"), styles: ["./question-desk/question-desk.css"], words: QUESTION_WORDS },
  "question-acts": { script: () => import("./question-desk/acts.js") },
  "answer-sheet": { script: () => import("./question-desk/answer-sheet.js"), ...QUESTION },
  "faq-sheet": { script: () => import("./question-desk/faq-sheet.js"), ...QUESTION },
  "order-list": { script: () => import("./order-list/order-list.js"), styles: ["./order-list/order-list.css"] },
  "offer-board": { script: () => import("./offer-board/offer-board.js"), styles: ["./offer-board/offer-board.css"], words: OFFER_WORDS },
  "offer-picture": { script: () => import("./offer-board/picture.js"), words: OFFER_WORDS },
  "fulfil-board": {
    script: () => import("./fulfil-board/fulfil-board.js"),
    styles: ["./fulfil-board/fulfil-board.css"],
    words: FULFIL_WORDS,
  },
  "fulfil-sheets": { script: () => import("./fulfil-board/sheets.js"), styles: [SHEET, CHOICE], words: FULFIL_WORDS },
  "copy-list": { script: () => import("./fulfil-board/copy-list.js"), styles: [SHEET, CHOICE], words: FULFIL_WORDS },
  "paste-list": { script: () => import("./fulfil-board/paste-list.js"), styles: [SHEET, CHOICE], words: FULFIL_WORDS },
  "health-sheet": { script: () => import("./health-sheet/health-sheet.js"), ...HEALTH },
  "source-guide": { script: () => import("./health-sheet/source-guide.js"), ...HEALTH },
  "order-code": { script: () => import("./order-code/order-code.js"), styles: [SHEET, "./order-code/order-code.css"] },
  "action-picker": {
    script: () => import("./action-picker/action-picker.js"),
    styles: [SHEET, STEPPER, CHOICE, "./action-picker/action-picker.css"],
  },
  "comment-log": { script: () => import("./comment-log.js") },
  "comment-acts": { script: () => import("./comment-acts.js") },
  "goods-acts": { script: () => import("./goods-acts.js") },
  "fulfil-acts": { script: () => import("./fulfil-board/acts.js") },
  "stage-acts": { script: () => import("./stage-acts.js") },
  "activity-list": { script: () => import("./activities/activity-list.js"), ...ACTIVITY },
  "flash-form": { script: () => import("./activities/flash-form.js"), ...ACTIVITY },
  "flash-panel": { script: () => import("./activities/flash-panel.js"), ...ACTIVITY },
  "bag-form": { script: () => import("./activities/bag-form.js"), ...ACTIVITY },
  "bag-panel": { script: () => import("./activities/bag-panel.js"), ...ACTIVITY },
  "poll-form": { script: () => import("./activities/poll-form.js"), ...ACTIVITY },
  "poll-panel": { script: () => import("./activities/poll-panel.js"), ...ACTIVITY },
  "prompt-form": { script: () => import("./activities/prompt-form.js"), ...ACTIVITY },
  "proof-code": {
    script: () => import("./activities/proof-code.js"),
    styles: [...ACTIVITY.styles, "./order-code/order-code.css"],
    words: ACTIVITY_WORDS,
  },
  "comment-sheet": {
    script: () => import("./activities/comment-sheet.js"),
    styles: [...ACTIVITY.styles, "./action-picker/action-picker.css"],
    words: ACTIVITY_WORDS,
  },
  team: { script: () => import("./team/team.js"), styles: ["./team/team-line.css"], words: TEAM_WORDS },
  keys: {
    script: () => import("./keys.js"),
    styles: [SHEET, "./keys/keys.css"],
    words: { "zh-CN": () => import("./keys/words/zh-CN.js"), en: () => import("./keys/words/en.js") },
  },
  "team-sheet": { script: () => import("./team/team-sheet.js"), styles: [SHEET, CHOICE, "./team/team-sheet.css"], words: TEAM_WORDS },
  "menu-sheet": {
    script: () => import("./menu-sheet/menu-sheet.js"),
    styles: [SHEET, CHOICE, "./menu-sheet/menu-sheet.css"],
    words: { "zh-CN": () => import("./menu-sheet/words/zh-CN.js"), en: () => import("./menu-sheet/words/en.js") },
  },
  "script-editor": SCRIPT_EDITOR,
  "order-sheet": { script: () => import("./order-sheet/order-sheet.js"), styles: [SHEET, STEPPER] },
  "restock-sheet": {
    script: () => import("./restock-sheet/restock-sheet.js"),
    styles: [SHEET, STEPPER, CHOICE, "./restock-sheet/restock-sheet.css"],
    words: OFFER_WORDS,
  },
});

/** What a tap may want within the next minutes, most likely first: fetched ahead once the desk is there. */
export const SOON = Object.freeze([
  "comment-acts", "comment-stream", "stage-acts", "goods-acts", "question-desk", "question-acts", "offer-board", "order-list", "action-picker", "activity-list", "flash-form", "flash-panel", "comment-sheet", "menu-sheet", "answer-sheet",
  "order-sheet", "restock-sheet", "bag-form", "bag-panel", "poll-form", "poll-panel", "fulfil-acts", "order-code", "health-sheet", "source-guide",
  "team-sheet", "after-bar",
]);
