/** The sources of a room with what each is doing, since when, and what a gap may have cost. */
import { h, keyed, setAttribute, setText } from "../../shared/dom.js";
import { duration, wallTime } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { runningSession } from "../../shared/select.js";
import { lastCommentMs, missedBy } from "../../shared/sources.js";
import { kindOf } from "../troubles.js";

/** What is known of each: the room's own state while a session runs, with what the service adds; before it the service's word. */
export function sourcesOf(state, told) {
  const asked = told?.sources ?? [];
  if (!runningSession(state)) return asked;
  return state.sources.map((source) => ({ ...source, ...known(asked.find(({ id }) => id === source.id)) }));
}

/** What the service knows better than the events tell: they come when a state changes. */
function known(asked) {
  return asked && { detail: asked.detail, per_hour: asked.per_hour, last_comment_at: asked.last_comment_at, exact: true };
}

/** Fill `list`, an `<ul>`; a tap on a source's button tells `lb-guide`. */
export function showSources(list, sources, shown) {
  keyed(list, sources, ({ id }) => id, makeRow, (row, source) => showRow(row, source, shown));
}

function makeRow() {
  const row = h("li", { class: "source" });
  row.name = h("strong", { class: "clip" });
  row.word = h("span", { class: "word" });
  row.age = h("p", { class: "number" });
  row.gap = h("p", { class: "gap number" });
  row.detail = h("p", { class: "detail" });
  row.mend = h("button", { type: "button", class: "button" });
  row.mend.addEventListener("click", () => tellGuide(row));
  const head = h("p", { class: "head" }, h("span", { class: "dot", "aria-hidden": "true" }), row.name, row.word);
  row.append(head, row.age, row.gap, row.detail, row.mend);
  return row;
}

function tellGuide(row) {
  const detail = { kind: kindOf(row.source.id), source: row.source, button: row.mend };
  row.dispatchEvent(new CustomEvent("lb-guide", { bubbles: true, detail }));
}

function showRow(row, source, { comments, state, clock, t }) {
  row.source = source;
  const live = runningSession(state) !== null;
  const heard = source.state === "listening" || (!live && source.state === "silent");
  setAttribute(row, "data-state", heard ? "listening" : source.state);
  setText(row.name, source.name);
  setText(row.word, heard && !live ? t.health.connected : t.sources[source.state]);
  setText(row.age, ageWords(source, comments, clock, t));
  setText(row.gap, heard ? "" : gapWords(source, clock, t));
  setText(row.detail, source.detail ?? "");
  setAttribute(row.gap, "hidden", heard);
  setAttribute(row.detail, "hidden", !source.detail);
  setAttribute(row.mend, "hidden", heard);
  setText(row.mend, t.trouble.howTo);
}

function ageWords(source, comments, clock, t) {
  const last = lastCommentMs(source, source.exact ? [] : comments);
  if (last === null) return t.sources.never;
  const age = fill(t.sources.ago, { age: duration(Math.max(0, clock.now() - last)) });
  return source.per_hour > 0 ? `${age} · ${fill(t.health.perHour, { n: source.per_hour })}` : age;
}

function gapWords(source, clock, t) {
  const n = missedBy(source, clock.now());
  return fill(n > 0 ? t.health.gapMissed : t.health.gap, { time: wallTime(source.since), n });
}
