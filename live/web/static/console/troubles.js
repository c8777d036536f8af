/** Trouble in three short sentences: what, why, and the way out. Pure. */
import { duration, wallTime } from "../shared/format.js";
import { rehearsalOf } from "../shared/root.js";
import { fill } from "../shared/i18n/fill.js";
import { runningSession } from "../shared/select.js";
import { missedBy, unheardSources } from "../shared/sources.js";

/** How long a session may run without any source before somebody must look. */
export const NOBODY_AFTER_MS = 3 * 60_000;

/** Trouble that costs no order: it is said calmly. */
const MILD = Object.freeze(["obs", "audio"]);

/** In a rehearsal: that it is one, and the way out; nothing in the shop itself. */
export function rehearsalNotice(t) {
  const { rehearsal: what, rehearsalWhy: why, rehearsalEnd: word } = t.trouble;
  return rehearsalOf ? [{ code: "rehearsal", what, why, todo: "", first: true, mild: true, acts: [{ word, name: "lb-end-rehearsal" }] }] : [];
}

/** The connection is lost, or the sign-in is. */
export function linkTrouble(denied, t) {
  const words = t.trouble;
  if (denied) return { code: "denied", what: words.denied, why: words.deniedWhy, todo: words.deniedTodo };
  return { code: "link", what: words.link, why: words.linkWhy, todo: words.linkTodo, acts: waysOut(t, { kind: "link" }) };
}

/** What the service tells: `{code, detail}`; the detail is its own sentence for the host. */
export function serviceTrouble({ code, detail }, t) {
  const known = t.trouble.byCode[code] ?? {};
  const told = { code, what: known.what ?? t.trouble.orders, why: detail ?? "", todo: known.todo ?? t.trouble.todo };
  return MILD.includes(code) ? { ...told, mild: true } : { ...told, acts: waysOut(t, { kind: code }) };
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
      acts: waysOut(t, { kind: kindOf(source.id), source }),
    };
  });
}

/** An evening that runs for minutes, and neither a source nor a comment has ever come: `[trouble]`, or none. */
export function nobodyTrouble(state, now, t) {
  const session = runningSession(state);
  if (!session || state.sources.length > 0 || state.totals.comments > 0) return [];
  const age = now - Date.parse(session.started_at);
  if (!(age >= NOBODY_AFTER_MS)) return [];
  const what = fill(t.trouble.nobody, { n: Math.floor(age / 60_000) });
  return [{ code: "nobody", what, why: t.trouble.nobodyWhy, todo: t.trouble.nobodyTodo, acts: waysOut(t, { kind: "none" }) }];
}

/** The kind of tool behind a source's id: "oba-1" is the first of the settings, and an oba; "ws" is what it says. */
export function kindOf(id) {
  return id.replace(/-\d+$/u, "");
}

/** A source is heard again: what the gap may have cost; null where it cost nothing. `before`: the source as it was. */
export function restoredWords(before, source, t) {
  if (!before || !(source.missed > 0)) return null;
  const age = duration(Date.parse(source.since) - Date.parse(before.since));
  return { what: fill(t.trouble.restored, source), why: fill(t.trouble.restoredWhy, { age, n: source.missed }) };
}

function waysOut(t, about) {
  return [
    { word: t.orderCode.open, name: "lb-order-code" },
    { word: t.trouble.howTo, name: "lb-guide", detail: about },
  ];
}
