/** Asks the service while an evening is set up. What it refuses is thrown as `Refused`. */
import { problem, Refused } from "../../shared/commands.js";
import { at } from "../../shared/root.js";

/** `ask(room, "check", {words, method?, body?, headers?})`: the JSON that is answered. */
export async function ask(room, path, { words, ...request }) {
  const url = at(`api/v1/rooms/${encodeURIComponent(room)}/${path}`);
  const answer = await fetch(url, { credentials: "same-origin", ...request }).catch(() => null);
  if (answer === null) throw new Refused(words.unreachable);
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Refused(problem(answer.status, body, words));
}

/** Send JSON, and have JSON answered. */
export function askWith(room, path, value, words, method = "POST") {
  return ask(room, path, { words, method, body: JSON.stringify(value), headers: { "Content-Type": "application/json" } });
}
