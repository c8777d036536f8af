/** Numbers, money and time as people write them. Pure. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 12345 → "12,345". */
export function count(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, ",");
}

/** "12345.60" → "12,345.60": the digits as they came, never through a float. */
export function amount(decimal) {
  const [whole, fraction] = String(decimal).split(".");
  return fraction === undefined ? count(whole) : `${count(whole)}.${fraction}`;
}

/** "39.90" → "¥39.90". */
export function yuan(decimal) {
  return `¥${amount(decimal)}`;
}

/** "12888.00" → "12,888": a price as a shop writes it on a board. */
export function boardPrice(decimal) {
  return amount(decimal).replace(/\.00$/u, "");
}

/** What `quantity` at "39.90" comes to, exactly: ("39.90", 2) → "79.80". */
export function lineTotal(unitPrice, quantity) {
  const [whole, fraction = ""] = String(unitPrice).split(".");
  const fen = BigInt(whole + fraction.padEnd(2, "0")) * BigInt(quantity);
  const digits = String(fen).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 3723000 → "1:02:03"; 63000 → "1:03". */
export function duration(ms) {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const seconds = Math.floor((ms % MINUTE) / SECOND);
  const tail = `${hours ? pad(minutes) : minutes}:${pad(seconds)}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** Whole seconds still to come, as a countdown says them: 0 only when it is over. */
export function secondsLeft(ms) {
  return Math.ceil(ms / SECOND);
}

/** A moment as the clock on the wall shows it: "20:03:07". */
export function wallTime(at) {
  const moment = new Date(at);
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(pad).join(":");
}

/** A moment as `<input type="datetime-local">` wants it. */
export function localInput(moment) {
  const date = [moment.getFullYear(), pad(moment.getMonth() + 1), pad(moment.getDate())].join("-");
  return `${date}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/** A moment of the phone with the phone's own offset, RFC 3339: "2026-01-07T22:00:00+08:00". */
export function withOffset(moment) {
  const east = -moment.getTimezoneOffset();
  const sign = east < 0 ? "-" : "+";
  const offset = `${sign}${pad(Math.floor(Math.abs(east) / 60))}:${pad(Math.abs(east) % 60)}`;
  return `${localInput(moment)}:${pad(moment.getSeconds())}${offset}`;
}

/** How long, to the minute: 5400000 → "1 小时 30 分". */
export function hoursAndMinutes(ms, units) {
  const minutes = Math.floor(ms / MINUTE);
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${hours} ${units.hours}` : null, `${minutes % 60} ${units.minutes}`].filter(Boolean).join(" ");
}

/** A moment near today: "今天 21:30", "明天 10:00", "3 月 9 日 10:00". */
export function dayAndTime(at, clock, t) {
  const moment = new Date(at);
  const time = `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
  const days = Math.round((midnight(moment) - midnight(new Date(clock.now()))) / DAY);
  const near = { "-1": t.days.yesterday, 0: t.days.today, 1: t.days.tomorrow }[days];
  return `${near ?? t.days.date(moment.getMonth() + 1, moment.getDate())} ${time}`;
}

function midnight(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

function pad(number) {
  return String(number).padStart(2, "0");
}
