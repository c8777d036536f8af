/** Questions that pages ask of a room's sources: what brings the comments, and whether it can be relied on. Pure. */
import { runningSession } from "./select.js";

const HOUR_MS = 3_600_000;

/** The sources of a running session that are not heard; none when nothing is on. */
export function unheardSources(state) {
  return runningSession(state) ? state.sources.filter((source) => source.state !== "listening") : [];
}

/** Whether no source of a running session is heard: no comment can arrive. */
export function allUnheard(state) {
  const unheard = unheardSources(state);
  return unheard.length > 0 && unheard.length === state.sources.length;
}

/** How many comments a gap may have cost by now; after it what the service reckoned. */
export function missedBy(source, now) {
  if (source.state === "listening") return source.missed ?? 0;
  return Math.ceil((source.per_hour * Math.max(0, now - Date.parse(source.since))) / HOUR_MS);
}

/** When the last comment of a source came, in ms; comments are newer than what the source's last event told. */
export function lastCommentMs(source, comments) {
  const of = comments.findLast(({ platform }) => !source.platform || platform === source.platform);
  const times = [source.last_comment_at, of?.received_at ?? of?.at].filter(Boolean).map(Date.parse);
  return times.length > 0 ? Math.max(...times) : null;
}
