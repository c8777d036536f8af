/** How a draw is worked out, in the words of the rules: three hashes and an order. Pure. */
import { fromHex, toHex, utf8 } from "./bytes.js";
import { hmacOf } from "./hmac.js";
import { sha256 } from "./sha256.js";

/** The hash of a text in UTF-8, as hex. */
export function hashOf(text) {
  return toHex(sha256(utf8(text)));
}

/** What was published when the giveaway opened; `seed` is hex. */
export function commitmentOf(seed) {
  return toHex(sha256(fromHex(seed)));
}

/** Each entry of the list once, ascending. */
export function inOrder(entries) {
  return [...new Set(entries)].sort();
}

export function listHashOf(entries) {
  return hashOf(inOrder(entries).join("\n"));
}

/** The hash of what the host could not choose. */
export function witnessHashOf(witness) {
  if (witness.kind === "drand") return hashOf(`drand:${witness.round}:${witness.randomness}`);
  return hashOf(witness.comments.map(({ id, text }) => `${id}\t${text}`).join("\n"));
}

/** All of a list that have not won yet, the best first: `[{entry, rank}]`; the first ones win round `round`. */
export function standing({ seed, entries, witnessHash, round, leavingOut = [] }) {
  const hmac = hmacOf(fromHex(seed));
  const before = `${listHashOf(entries)}:${witnessHash}:`;
  const out = new Set(leavingOut);
  const ranked = inOrder(entries)
    .filter((entry) => !out.has(entry))
    .map((entry) => ({ entry, rank: toHex(hmac(utf8(`${before}${entry}:${round}`))) }));
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
}
