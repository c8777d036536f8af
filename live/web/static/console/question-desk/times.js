/** Times of questions in words. Pure. */
import { fill } from "../../shared/i18n/fill.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Seconds in fives: a number that changes with every look says no more. */
const STEP = 5;

/** How long ago: "刚刚", "25 秒前", "3 分钟前", "1 小时前". */
export function ago(ms, t) {
  if (ms < STEP * SECOND) return t.questions.now;
  if (ms < MINUTE) return fill(t.questions.secondsAgo, { n: Math.floor(ms / SECOND / STEP) * STEP });
  if (ms < HOUR) return fill(t.questions.minutesAgo, { n: Math.floor(ms / MINUTE) });
  return fill(t.questions.hoursAgo, { n: Math.floor(ms / HOUR) });
}

/** How long something took: "45 秒", "2 分 5 秒", "1 小时 3 分". */
export function took(ms, t) {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return fill(t.questions.seconds, { n: seconds });
  if (seconds < 3_600) return fill(seconds % 60 ? t.questions.minutes : t.questions.wholeMinutes, { m: Math.floor(seconds / 60), n: seconds % 60 });
  return fill(t.questions.hours, { h: Math.floor(seconds / 3_600), m: Math.floor((seconds % 3_600) / 60) });
}
