/** Time as the picture says it. Pure. */
import { duration, secondsLeft } from "../../static/shared/format.js";

const SECOND = 1_000;

/** What is left, in ms, as a clock says it: 64500 → "1:05", never "0:00" before it is over. */
export function clockText(ms) {
  return duration(secondsLeft(ms) * SECOND);
}

/** How large a clock may be written: "l" for m:ss, "m" for mm:ss, "s" for hours. */
export function clockSize(text) {
  return text.length <= 4 ? "l" : text.length <= 5 ? "m" : "s";
}

/** Whether the last seconds run. */
export function isHot(ms) {
  return ms > 0 && secondsLeft(ms) <= 10;
}
