/** The one way in which a page changes anything: a command to its room. */
import { at } from "./root.js";
import { calledName, whoIs } from "./who.js";

const TRIES = 3;
const ANSWER_WITHIN_MS = 8_000;
const BETWEEN_TRIES_MS = 700;

/** A refusal or failure, for people: `what` went wrong, `why`, and what `todo` now. */
export class Refused extends Error {
  constructor({ what, why, todo = null, code }) {
    super(why);
    Object.assign(this, { what, why, todo, code });
  }
}

/** A key that makes a repeated command take effect once. `crypto.randomUUID` is missing on plain http. */
export function idempotencyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Send a command `{"type", …}` to a room and give back `{events, warnings}`: what it made, and what to mend at leisure.
 * An answer that is lost on the way is asked for again with the same key; `key` makes it the same for every tap. Throws `Refused`.
 */
export async function sendCommand(room, command, words, key) {
  const body = await post(pathOf(room), command, words, key, by());
  return { events: body.events ?? [], warnings: body.warnings ?? [] };
}

/** Send a command once, with its key: the answer for `answered`, or null where none has come. */
export function sendOnce(room, command, key) {
  return once(at(pathOf(room)), requestOf(command, key, by()));
}

function pathOf(room) {
  return `api/v1/rooms/${encodeURIComponent(room)}/commands`;
}

function by() {
  return { "Linbo-By": encodeURIComponent(calledName(whoIs())) };
}

/** Post a value to one of our addresses until it is answered, at most a few times, always with the same key. */
export async function post(path, value, words, key = idempotencyKey(), headers = {}) {
  const answer = await persistently(at(path), requestOf(value, key, headers));
  if (answer === null) throw new Refused(words.unreachable);
  return answered(answer, words);
}

function requestOf(value, key, headers) {
  return {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key, ...headers },
    body: JSON.stringify(value),
  };
}

/** The body of an answer; throws `Refused` where it is a refusal. */
export async function answered(answer, words) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Refused(problem(answer.status, body, words));
}

/** A problem document (RFC 9457) in three short sentences. */
export function problem(status, body, words) {
  const known = words.byCode[body.code] ?? words.byStatus[status] ?? words.other;
  return {
    code: body.code ?? String(status),
    what: known.what ?? body.title ?? words.other.what,
    why: [body.detail ?? known.why ?? body.title, ...faults(body)].filter(Boolean).join("\n"),
    todo: body.mend ?? known.todo ?? words.other.todo,
  };
}

function faults(body) {
  return (body.errors ?? body.faults ?? []).map((fault) =>
    typeof fault === "string" ? fault : [fault.field ?? fault.where ?? fault.pointer, fault.detail ?? fault.message].filter(Boolean).join("："),
  );
}

async function persistently(url, request) {
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const answer = await once(url, request);
    if (answer !== null) return answer;
    if (tried < TRIES) await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS * tried));
  }
  return null;
}

async function once(url, request) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  try {
    return await fetch(url, { ...request, signal: limit.signal });
  } catch {
    return null; // the network failed or took too long: the caller tries again with the same key
  } finally {
    clearTimeout(timer);
  }
}
