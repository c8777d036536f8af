/** Which offer comes next: the script's, or without a script the next on sale by number. Pure. */
import { offerById, offersInOrder, pinnedOffer } from "../../shared/select.js";

const CAN_BE_SHOWN = new Set(["listed", "open"]);

/** Where in a script the offer being shown stands: an offer may come twice, so `before` is where it stood last (-1: nowhere). */
export function placeInScript(state, before = -1) {
  const sections = offerSections(state);
  const id = pinnedOffer(state)?.id;
  if (sections[before]?.offer_id === id) return before;
  const later = sections.findIndex((section, i) => i > before && section.offer_id === id);
  if (later >= 0) return later;
  const any = sections.findIndex((section) => section.offer_id === id);
  return any >= 0 ? any : before;
}

/** The next offer as `{offer, minutes}`, or null; `minutes` is what the script has for it, null where it says nothing. */
export function nextOffer(state, place) {
  const sections = offerSections(state);
  return sections.length > 0 ? nextInScript(state, sections.slice(place + 1)) : nextByNumber(state);
}

function nextInScript(state, sections) {
  const pinned = pinnedOffer(state);
  for (const { offer_id: id, minutes } of sections) {
    const offer = offerById(state, id);
    if (offer && offer !== pinned && CAN_BE_SHOWN.has(offer.state)) return { offer, minutes: minutes ?? null };
  }
  return null;
}

/** After the last comes the first again. */
function nextByNumber(state) {
  const pinned = pinnedOffer(state);
  const all = offersInOrder(state);
  const at = all.indexOf(pinned);
  const offer = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))].find(({ state: each }) => each === "open");
  return offer ? { offer, minutes: null } : null;
}

/** A session keeps whatever script it is given; only sections that name an offer count here. */
function offerSections({ session }) {
  const sections = session?.script?.sections;
  return Array.isArray(sections) ? sections.filter((section) => typeof section?.offer_id === "string") : [];
}
