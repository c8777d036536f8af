/** Which question comes first, and how fast questions are answered. Pure. */

/** Nobody has waited less than this, or the newest would never be seen. */
const LEAST_WAIT_MS = 10_000;
/** Who has waited longer has most likely left: a question of many that is asked now is more. */
const MOST_WAIT_MS = 600_000;
/** A question that an order hangs on counts twice. */
const HANGS = 2;

/** How much a question presses: askers × wait × whether an order hangs on it. `now` is the service's time in milliseconds. */
export function weight({ askers, orders, first_at: first }, now) {
  const waited = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, now - Date.parse(first)));
  return askers * waited * (orders > 0 ? HANGS : 1);
}

/** The open questions, what presses most first. */
export function ranked(questions, now) {
  const weighed = questions.filter(({ state }) => state === "open").map((question) => [weight(question, now), question]);
  weighed.sort(([one, left], [other, right]) => other - one || Date.parse(left.first_at) - Date.parse(right.first_at) || left.id.localeCompare(right.id));
  return weighed.map(([, question]) => question);
}

/** The answered questions, the newest answer first. */
export function answered(questions) {
  return questions.filter(({ state }) => state === "answered").sort((one, other) => Date.parse(other.answered_at) - Date.parse(one.answered_at));
}

/** From the first who asked to the answer, in milliseconds. */
export function timeTo({ first_at: first, answered_at: done }) {
  return Math.max(0, Date.parse(done) - Date.parse(first));
}

/** How it goes: `{raised, answered, median, p90}`, the times in milliseconds, null where nothing is answered yet. */
export function figures(questions) {
  const times = answered(questions).map(timeTo).sort((one, other) => one - other);
  return { raised: questions.length, answered: times.length, median: nearestRank(times, 50), p90: nearestRank(times, 90) };
}

function nearestRank(sorted, percent) {
  return sorted.length > 0 ? sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] : null;
}
