/** Moments of a draw on the wall clock of the shop, whose offset they carry: a proof is read days later, anywhere. Pure. */
import { fill } from "../shared/i18n/fill.js";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const twoDigits = (number) => String(number).padStart(2, "0");

/** "2026-01-07T20:30:05+08:00" → "1月7日 20:30:05"; with `seconds` false to the minute; what is no moment as it came. */
export function wall(at, t, { seconds = false } = {}) {
  const parts = /^\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/u.exec(at ?? "");
  if (parts === null) return String(at ?? "");
  const [, month, day, hour, minute, second] = parts;
  const time = [hour, minute, ...(seconds ? [second] : [])].join(":");
  return fill(t.date, { month: Number(month), day: Number(day), time });
}

/** How long it still is: 1 小时 20 分, 4 分 05 秒, 45 秒; never below nothing. */
export function left(ms, t) {
  const rest = Math.max(0, Math.ceil(ms / SECOND_MS) * SECOND_MS);
  const [h, m, s] = [Math.floor(rest / HOUR_MS), Math.floor((rest % HOUR_MS) / MINUTE_MS), (rest % MINUTE_MS) / SECOND_MS];
  if (h > 0) return fill(t.left.hours, { h, m });
  return m > 0 ? fill(t.left.minutes, { m, s: twoDigits(s) }) : fill(t.left.seconds, { s });
}
