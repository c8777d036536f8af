/** Good times for the cut-off and the pickup, to be chosen with one tap. Pure. */
import { localInput } from "../../shared/format.js";

const MINUTE_MS = 60_000;
const LEAST_AHEAD_MS = 30 * MINUTE_MS;
const CUTOFFS = Object.freeze([[0, 21], [0, 22], [0, 23], [1, 10], [1, 20]]);
const PICKUPS = Object.freeze([[0, 17], [1, 10], [1, 17], [2, 10]]);
const MOST = 3;

/** The next few cut-offs: tonight's full hours, then tomorrow's. */
export function cutoffs(now) {
  return choices(now, CUTOFFS, now.getTime() + LEAST_AHEAD_MS);
}

/** The next few pickups after a cut-off: from the next morning on, or the same evening of one in the morning. */
export function pickups(cutoff) {
  return choices(cutoff, PICKUPS, cutoff.getTime() + LEAST_AHEAD_MS * 8);
}

function choices(from, times, earliestMs) {
  return times
    .map(([days, hour]) => new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, hour))
    .filter((moment) => moment.getTime() >= earliestMs)
    .slice(0, MOST)
    .map((moment) => localInput(moment));
}

/** The cut-off that an evening begins with: two hours are wanted to sell in. */
export function usualCutoff(now) {
  const late = localInput(new Date(now.getTime() + 120 * MINUTE_MS));
  const found = cutoffs(now);
  return found.find((each) => each >= late) ?? found.at(-1);
}

/** "2026-01-07T23:00" seen from now: "今晚 23:00", "明天 10:00", "1 月 9 日 10:00". */
export function timeWords(input, now, words) {
  const moment = new Date(input);
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(moment) - midnight(now)) / (24 * 60 * MINUTE_MS));
  const day = days === 0 && moment.getHours() >= 17 ? words.tonight : words.days[days];
  return `${day ?? words.date(moment.getMonth() + 1, moment.getDate())} ${input.slice(11)}`;
}

/** Whether a title is such a one, of whatever day: it goes with the day, and is no name that somebody gave. */
export function isOfADay(title, words) {
  const days = Array.from({ length: 366 }, (_, n) => new Date(2024, 0, 1 + n));
  return days.some((day) => words.evening(day.getMonth() + 1, day.getDate()) === title);
}

/** "11 月 22 日晚场": an evening that nobody has named yet. */
export function titleOf(input, words) {
  const moment = new Date(input);
  return words.evening(moment.getMonth() + 1, moment.getDate());
}
