/** Days and times of the counter, as they are said. Pure. */

/** "1月8日 周四 10:00" of an RFC 3339 moment, on the phone's clock. */
export function shortMoment(at, lang) {
  const moment = new Date(at);
  const day = moment.toLocaleDateString(lang, { month: "short", day: "numeric", weekday: "short" });
  return `${day} ${clockTime(at)}`;
}

/** "10:05". */
export function clockTime(at) {
  const moment = new Date(at);
  return [moment.getHours(), moment.getMinutes()].map((number) => String(number).padStart(2, "0")).join(":");
}
