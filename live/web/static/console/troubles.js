/** Trouble in three short sentences: what, why, and the way out. Pure. */
import { duration, wallTime } from "../shared/format.js";
import { fill } from "../shared/i18n/fill.js";
import { missedBy, unheardSources } from "../shared/sources.js";

/** The connection is lost, or the sign-in is. */
export function linkTrouble(denied, t) {
  const words = t.trouble;
  return denied
    ? { code: "denied", what: words.denied, why: words.deniedWhy, todo: words.deniedTodo }
    : { code: "link", what: words.link, why: words.linkWhy, todo: words.linkTodo };
}

/** What the service tells: `{code, detail}`; the detail is its own sentence for the host. */
export function serviceTrouble({ code, detail }, t) {
  const known = t.trouble.byCode[code] ?? {};
  return { code, what: known.what ?? t.trouble.orders, why: detail ?? "", todo: known.todo ?? t.trouble.todo };
}

/** One for each source that is not heard, with the way to the code by which viewers order without it. */
export function sourceTroubles(state, now, t) {
  return unheardSources(state).map((source) => {
    const n = missedBy(source, now);
    return {
      code: `source/${source.id}`,
      what: fill(t.trouble[source.state], source),
      why: fill(n > 0 ? t.trouble.silentMissed : t.trouble.silentWhy, { time: wallTime(source.since), n }),
      todo: t.trouble.silentTodo,
      act: { word: t.orderCode.open, name: "lb-order-code" },
    };
  });
}

/** A source is heard again: what the gap may have cost; null where it cost nothing. `before`: the source as it was. */
export function restoredWords(before, source, t) {
  if (!before || !(source.missed > 0)) return null;
  const age = duration(Date.parse(source.since) - Date.parse(before.since));
  return { what: fill(t.trouble.restored, source), why: fill(t.trouble.restoredWhy, { age, n: source.missed }) };
}
