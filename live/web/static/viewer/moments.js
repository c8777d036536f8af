/** Moments as a shop says them: 今天 21:30, 明天 10:00, 1月8日 周四 10:00. Pure. */
import { fill } from "../shared/i18n/fill.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment of the wire, with the wall clock of the shop, whose offset it carries: phones travel, pickup points do not. */
function onTheWall(at) {
  const offset = /([+-])(\d\d):(\d\d)$/u.exec(at);
  const minutes = offset ? (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === "-" ? -1 : 1) : 0;
  return Date.parse(at) + minutes * MINUTE;
}

const pad = (number) => String(number).padStart(2, "0");

/** `at` and `now` as the wire writes them; `now` is the service's. */
export function dayTime(at, now, t) {
  const wall = onTheWall(at);
  const moment = new Date(wall);
  const time = `${pad(moment.getUTCHours())}:${pad(moment.getUTCMinutes())}`;
  const away = Math.floor(wall / DAY) - Math.floor((now + wall - Date.parse(at)) / DAY);
  const near = { "-1": t.days.yesterday, 0: t.days.today, 1: t.days.tomorrow }[away];
  const date = { month: moment.getUTCMonth() + 1, day: moment.getUTCDate(), weekday: [...t.days.weekdays][moment.getUTCDay()] };
  return `${near ?? fill(t.days.date, date)} ${time}`;
}

/** How long it still is, in two steps at most: 2 天 3 小时, 1 小时 20 分, 4 分 05 秒, 45 秒. */
export function timeLeft(ms, t) {
  const [n, h] = [Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR)];
  const [m, s] = [Math.floor((ms % HOUR) / MINUTE), Math.floor((ms % MINUTE) / SECOND)];
  if (n > 0) return fill(t.left.days, { n, h });
  if (h > 0) return fill(t.left.hours, { h, m });
  return m > 0 ? fill(t.left.minutes, { m, s: pad(s) }) : fill(t.left.seconds, { s });
}
