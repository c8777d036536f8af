/** The evening as it is being set up, kept on this phone until it starts. Pure, but for the keeping. */
import { localInput, withOffset } from "../../shared/format.js";

const KEY = "linbo-evening-";
const GROUND = Object.freeze({ title: "", offers: [], cutoff: "", pickup: "", points: "", hosts: "", policy: null, script: null });

/** What was left on this phone, or nothing. */
export function leftDraft(room) {
  try {
    const left = JSON.parse(localStorage.getItem(KEY + room) ?? "null");
    return left && Array.isArray(left.offers) ? { ...GROUND, ...left } : { ...GROUND };
  } catch {
    return { ...GROUND }; // somebody else's words under our key
  }
}

/** Keep it; a phone without room for it goes on without. */
export function keepDraft(room, draft) {
  try {
    localStorage.setItem(KEY + room, JSON.stringify(draft));
  } catch {
    // a draft that is not kept is still on the screen
  }
}

/** The evening has begun: the next one starts anew. */
export function dropDraft(room) {
  localStorage.removeItem(KEY + room);
}

/** A `start_session` body, or a part of one, laid over a draft: what it does not say stays. */
export function withGiven(draft, { title, offers, cycle, hosts, policy, script }) {
  return {
    ...draft,
    ...(title ? { title } : null),
    ...(offers ? { offers } : null),
    ...(cycle ? times(cycle) : null),
    ...(Array.isArray(cycle?.pickup_points) ? { points: pointLines(cycle.pickup_points), known: cycle.pickup_points } : null),
    ...(Array.isArray(hosts) ? { hosts: hosts.join("，") } : null),
    ...(policy ? { policy } : null),
    ...(script ? { script } : null),
  };
}

function times({ cutoff_at: cutoff, pickup_at: pickup }) {
  return Object.fromEntries(
    Object.entries({ cutoff, pickup })
      .filter(([, at]) => !Number.isNaN(Date.parse(at)))
      .map(([name, at]) => [name, localInput(new Date(at))]),
  );
}

/** The body of the command; times that are not set are left out, for the service to ask for. */
export function bodyOf(draft) {
  return {
    type: "start_session",
    title: draft.title.trim(),
    offers: draft.offers.map(offerOf),
    cycle: {
      ...(draft.cutoff ? { cutoff_at: withOffset(new Date(draft.cutoff)) } : null),
      ...(draft.pickup ? { pickup_at: withOffset(new Date(draft.pickup)) } : null),
      pickup_points: pickupPoints(draft.points, draft.known ?? []),
    },
    hosts: draft.hosts.split(/[,，、]/u).map((name) => name.trim()).filter(Boolean),
    ...(draft.policy ? { policy: draft.policy } : null),
    ...(draft.script ? { script: draft.script } : null),
  };
}

/** A price as people type it, as the wire wants it: "39.9" → "39.90"; what is none stays, to be told. */
function offerOf(offer) {
  const price = String(offer.price ?? "").trim().replace(/^[¥￥]\s*|\s*元$/gu, "");
  return { ...offer, price: /^\d{1,7}(\.\d)?$/u.test(price) ? (price.includes(".") ? `${price}0` : `${price}.00`) : price };
}

export function pointLines(points) {
  return points.map((point) => [point.name, point.address].filter(Boolean).join("，")).join("\n");
}

/** One a line, "东门便利店，人民路 18 号"; a place that was there before keeps its id. */
function pickupPoints(text, known) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const places = lines.map((line) => line.split(/[,，]/u)).map(([name, ...address]) => ({ name: name.trim(), address: address.join("，").trim() }));
  const taken = new Set();
  return places.map((place, i) => {
    const id = freeId([known.find(({ name }) => name === place.name)?.id, `p${i + 1}`], taken);
    taken.add(id);
    return { id, ...place };
  });
}

function freeId(wanted, taken) {
  const free = wanted.find((id) => id && !taken.has(id));
  if (free) return free;
  let n = 1;
  while (taken.has(`p${n}`)) n += 1;
  return `p${n}`;
}
