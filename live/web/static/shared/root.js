/**
 * Where we stand: this file lies at `static/shared/root.js` under our root, whatever path a proxy puts before it.
 * No script writes an address of ours that begins with a slash.
 */
const ROOT = new URL("../../", import.meta.url);

/** The room that this is a rehearsal of, null in the shop itself: a rehearsal is a house of its own under ours. */
export const rehearsalOf = /\/rehearsal\/([a-z0-9_-]+)\/$/u.exec(ROOT.pathname)?.[1] ?? null;

/** The whole address of something of ours: `at("api/v1/…")`, `at("reports/…")`. */
export function at(path) {
  return new URL(path, ROOT).href;
}
