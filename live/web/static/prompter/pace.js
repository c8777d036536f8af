/** How the evening keeps to its minutes. Pure; all lengths are milliseconds. */
const MINUTE_MS = 60_000;
const NEAR = 0.8;
const OVER = 1;

/** How long a section has been spoken for: what was noted, and, where it is the current one, what has run since. */
export function spentOn(memory, id, now) {
  const before = memory.spent[id] ?? 0;
  return memory.id === id ? before + Math.max(0, now - memory.since) : before;
}

/**
 * The pace of the section at a place: `{spent, planned, share, tone}`; `planned` is null and `tone` "none" where no minutes
 * are set, else the tone is "good", "near" (four fifths are over) or "over".
 */
export function paceOf(section, memory, now) {
  const spent = spentOn(memory, section.id, now);
  if (!section.minutes) return { spent, planned: null, share: 0, tone: "none" };
  const planned = section.minutes * MINUTE_MS;
  const share = spent / planned;
  return { spent, planned, share: Math.min(1, share), tone: share >= OVER ? "over" : share >= NEAR ? "near" : "good" };
}

/**
 * The pace of it all: `{behind, left}`. `behind` is by how much more than planned has been spoken, negative when we are
 * ahead; a section that was left out is time won. `left`: what is still planned.
 */
export function paceOfAll(sections, at, memory, now) {
  const planned = ({ minutes }) => (minutes ?? 0) * MINUTE_MS;
  const timed = (section) => Boolean(section.minutes);
  const past = sections.slice(0, at).filter(timed);
  const here = sections.slice(at, at + 1).filter(timed);
  const over = (section) => spentOn(memory, section.id, now) - planned(section);
  const behind = past.reduce((sum, each) => sum + over(each), 0) + here.reduce((sum, each) => sum + Math.max(0, over(each)), 0);
  const open = here.reduce((sum, each) => sum + Math.max(0, -over(each)), 0);
  return { behind, left: open + sections.slice(at + 1).reduce((sum, each) => sum + planned(each), 0) };
}

/** Go to another section: what was spoken is noted, and the clock of the new one runs. */
export function turnTo(memory, id, now) {
  if (memory.id === id) return memory;
  const spent = memory.id === null ? memory.spent : { ...memory.spent, [memory.id]: spentOn(memory, memory.id, now) };
  return { ...memory, id, since: now, spent };
}
