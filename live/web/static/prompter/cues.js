/** Which card is shown: one at a time, the most urgent first, none that was just put away. Pure. */
import { runningSession } from "../shared/select.js";
import { RULES } from "./rules.js";

const SEEN_MS = 4_000;
const URGENT = 80;

/** Nothing shown, nothing told: `showing` is `{key, since}`, `told` says by key until when a matter is quiet. */
export const QUIET = Object.freeze({ showing: null, told: Object.freeze({}) });

/** All that could be said now, the most urgent first: `{key, rule, about, values, say?, todo?, act?}`. */
export function candidates({ state, now, memory, off, rules = RULES }) {
  if (!runningSession(state)) return [];
  const said = rules.filter(({ id }) => !off.includes(id)).map((rule) => ({ rule, cue: rule.cue({ state, now, memory }) }));
  const cues = said.filter(({ cue }) => cue).map(({ rule, cue }) => ({ ...cue, rule, key: `${rule.id}/${cue.about}` }));
  return cues.sort((a, b) => b.rule.priority - a.rule.priority);
}

/**
 * The desk of cards a moment later, and the card on it: `{desk, cue}`. A card stands long enough to be read unless something
 * urgent comes; one that has stood for its time goes by itself.
 */
export function turn(desk, room) {
  const { now } = room;
  const rested = retire(desk, now, room.rules ?? RULES);
  const open = candidates(room).filter(({ key }) => !(rested.told[key] > now));
  const shown = open.find(({ key }) => key === rested.showing?.key) ?? null;
  const [first = null] = open;
  const read = shown !== null && now - rested.showing.since < SEEN_MS;
  const keep = shown !== null && (first.rule.priority === shown.rule.priority || (read && first.rule.priority < URGENT));
  const cue = keep ? shown : first;
  if (cue === null) return { desk: { ...rested, showing: null }, cue };
  return { desk: cue.key === rested.showing?.key ? rested : { ...rested, showing: { key: cue.key, since: now } }, cue };
}

/** The host has tapped the card away: its matter is quiet for as long as its rule says. */
export function putAway(desk, now, rules = RULES) {
  return desk.showing === null ? desk : quieten(desk, now, rules);
}

function retire(desk, now, rules) {
  const stays = desk.showing && ruleOf(desk.showing.key, rules)?.stays;
  return stays && now - desk.showing.since >= stays ? quieten(desk, now, rules) : desk;
}

function quieten({ showing, told }, now, rules) {
  const alive = Object.entries(told).filter(([, until]) => until > now);
  return { showing: null, told: { ...Object.fromEntries(alive), [showing.key]: now + (ruleOf(showing.key, rules)?.cooldown ?? 0) } };
}

function ruleOf(key, rules) {
  return rules.find(({ id }) => key.startsWith(`${id}/`)) ?? null;
}
