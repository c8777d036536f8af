const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/** How long to wait before try number `tries` (from 0): doubling up to a limit, with half of it left to chance. */
export function backoffMs(tries, random = Math.random) {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
  return most / 2 + (most / 2) * random();
}
