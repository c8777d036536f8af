/** The script of the evening as the page reads it: its sections, and which of them is being spoken. Pure. */
import { runningSession } from "../shared/select.js";

/** The sections of a running session's script. Anything may stand under `script`: what is no section is left out. */
export function sectionsOf(state) {
  const { sections } = runningSession(state)?.script ?? {};
  return Array.isArray(sections) ? sections.filter((each) => typeof each?.title === "string").map(whole) : [];
}

function whole(section, i) {
  const points = Array.isArray(section.points) ? section.points.filter((point) => typeof point === "string") : [];
  return { kind: "talk", offer_id: null, minutes: null, launch: null, ...section, id: String(section.id ?? `s${i + 1}`), points };
}

/**
 * Where to stand when an offer is pinned: where we are, if that is of it already; else the next section of it, else the
 * last one before. A section that only sells it (秒杀) counts after one that tells of it.
 */
export function follow(sections, at, offerId) {
  if (!offerId || sections[at]?.offer_id === offerId) return at;
  const of = sections.map((section, i) => ({ ...section, i })).filter((section) => section.offer_id === offerId);
  const told = of.filter(({ kind }) => kind === "offer");
  const best = told.length > 0 ? told : of;
  return (best.find(({ i }) => i > at) ?? best.at(-1))?.i ?? at;
}

/** The place of a section by its id; where it is gone, the place itself as far as there is one. */
export function placeOf(sections, id, at) {
  const found = sections.findIndex((section) => section.id === id);
  return found >= 0 ? found : Math.max(0, Math.min(at, sections.length - 1));
}
