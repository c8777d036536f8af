/** How a room is, asked of the service: every few seconds for as long as somebody looks. */
import { at } from "../../shared/root.js";

const EVERY_MS = 3_000;
const ANSWER_WITHIN_MS = 6_000;

/** Ask once: `{told, round}`, the answer and how many milliseconds it took; null when there is none. */
export async function askHealth(room) {
  const began = performance.now();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  const request = { credentials: "same-origin", cache: "no-store", signal: limit.signal };
  try {
    const answer = await fetch(at(`api/v1/rooms/${encodeURIComponent(room)}/health`), request);
    const told = answer.ok ? await answer.json() : null;
    return told && { told, round: Math.round(performance.now() - began) };
  } catch {
    return null; // no answer is an answer: the sheet says so
  } finally {
    clearTimeout(timer);
  }
}

/** Ask again and again while `wanted()`; `onAnswer(answer)` gets each, null for none. */
export async function watchHealth(room, wanted, onAnswer) {
  while (wanted()) {
    onAnswer(await askHealth(room));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
