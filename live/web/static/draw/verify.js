/**
 * Checks the record of a draw, step by step, without asking anybody: `[{step, faults: [{code, …values}]}]`, no faults where
 * it agrees. What a fault says is in `words/`. The record may come from anybody and hold anything.
 *
 * The service's own check (`verify-draw`) was written apart from this one; both must find the same in every record.
 */
import { isText } from "./bytes.js";
import { commitmentOf, listHashOf, standing, witnessHashOf } from "./ranks.js";

export const STEPS = Object.freeze(["record", "seed", "list", "witness", "rounds"]);
const MOST_COMMENTS = 5;
const MOMENT =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/u;

export function verify(record) {
  if (!isObject(record)) return [{ step: "record", faults: [{ code: "noRecord" }] }];
  if (isHex(record.commitment) && isNothing(record.seed) && (isNothing(record.rounds) || isEmpty(record.rounds)))
    return [{ step: "record", faults: [{ code: "notDrawn" }] }];
  const ground = groundOf(record);
  const found = {
    record: recordFaults(record),
    seed: seedFaults(record),
    list: listFaults(record),
    witness: witnessFaults(record.witness),
    rounds: roundsFaults(record.rounds, ground),
  };
  return STEPS.map((step) => ({ step, faults: found[step] }));
}

/** What the ranks are worked out from, anew; null for what the record does not hold. */
export function groundOf(record) {
  return {
    seed: isHex(record.seed) ? record.seed : null,
    entries: areEntries(record.entries) ? record.entries : null,
    witnessHash: isHashable(record.witness) ? witnessHashOf(record.witness) : null,
    count: isObject(record.rules) && isCount(record.rules.winners) ? record.rules.winners : null,
  };
}

function recordFaults({ giveaway_id: name, opened_at: opened, closed_at: closed, rules }) {
  return [
    ...when(!isText(name) || name === "", "noName"),
    ...when(!isMoment(opened), "noOpenedAt"),
    ...when(!isMoment(closed), "noClosedAt"),
    ...(isObject(rules) ? when(!isCount(rules.winners), "noCount") : [{ code: "noRules" }]),
  ];
}

function seedFaults({ seed, commitment }) {
  const usable = isHex(seed) && isHex(commitment);
  return [
    ...when(!isHex(seed), "badSeed"),
    ...when(!isHex(commitment), "badCommitment"),
    ...when(usable && commitmentOf(seed) !== commitment, "otherSeed"),
  ];
}

function listFaults({ entries, list_hash: published }) {
  const bad = when(!isHex(published), "badListHash");
  if (!areEntries(entries)) return [...bad, { code: "badEntries" }];
  return [
    ...bad,
    ...when(new Set(entries).size < entries.length, "twice"),
    ...when(entries.some((entry, i) => i > 0 && entries[i - 1] > entry), "unsorted"),
    ...when(isHex(published) && listHashOf(entries) !== published, "otherList"),
  ];
}

function witnessFaults(witness) {
  if (!isObject(witness)) return [{ code: "noWitness" }];
  const other = isHashable(witness) && isHex(witness.hash) && witnessHashOf(witness) !== witness.hash;
  return [
    ...when(!isHex(witness.hash), "badWitnessHash"),
    ...insideFaults(witness),
    ...when(other, "otherWitness"),
  ];
}

function insideFaults(witness) {
  if (witness.kind === "comments") return commentsFaults(witness);
  return witness.kind === "drand" ? drandFaults(witness) : [{ code: "badKind" }];
}

function commentsFaults({ comments }) {
  if (!areComments(comments)) return [{ code: "badComments" }];
  return when(comments.length > MOST_COMMENTS, "manyComments", { most: MOST_COMMENTS });
}

function drandFaults({ round, randomness }) {
  return [...when(!isCount(round), "badDrandRound"), ...when(!isHex(randomness), "badRandomness")];
}

function roundsFaults(rounds, ground) {
  if (!Array.isArray(rounds) || isEmpty(rounds)) return [{ code: "noRounds" }];
  const faults = when(Object.values(ground).includes(null), "noGround");
  const before = [];
  rounds.forEach((each, i) => {
    const number = i + 1;
    if (!isObject(each) || !areEntries(each.winners)) {
      faults.push({ code: "badRound", number });
      return;
    }
    const at = { number, round: each, before: [...before], ground };
    faults.push(...roundFaults(at), ...countFaults({ ...at, prizes: prizesOf(rounds) }), ...winnersFaults(at));
    before.push(...each.winners);
  });
  return faults;
}

function roundFaults({ number, round: { round, winners, reason }, before }) {
  const again = inOrderOnce(winners.filter((entry) => before.includes(entry)));
  return [
    ...when(round !== number, "badNumber", { number }),
    ...when(number === 1 && !isNothing(reason), "reasonOfFirst"),
    ...when(number > 1 && (!isText(reason) || /^ *$/u.test(reason)), "noReason", { number }),
    ...when(new Set(winners).size < winners.length, "wonTwice", { number }),
    ...again.map((entry) => ({ code: "wonBefore", number, entry: short(entry) })),
  ];
}

function countFaults({ number, round: { winners }, before, ground: { entries, count }, prizes }) {
  if (entries === null || count === null) return [];
  const have = winners.length;
  const won = new Set(before);
  const left = new Set(entries.filter((entry) => !won.has(entry))).size;
  if (number === 1) return when(have !== Math.min(count, left), "wrongCount", { wanted: Math.min(count, left), have });
  return [
    ...when(have > prizes, "tooMany", { number, have, prizes }),
    ...when(have === 0 && left > 0, "nobody", { number }),
  ];
}

function winnersFaults({ number, round: { winners }, before, ground }) {
  const { seed, entries, witnessHash } = ground;
  if (entries === null) return [];
  const listed = new Set(entries);
  const strangers = inOrderOnce(winners.filter((entry) => !listed.has(entry)));
  const faults = strangers.map((entry) => ({ code: "stranger", number, entry: short(entry) }));
  if (seed === null || witnessHash === null) return faults;
  const due = standing({ seed, entries, witnessHash, round: number, leavingOut: before });
  winners.slice(0, due.length).forEach((entry, i) => {
    const wanted = due[i].entry;
    if (entry !== wanted)
      faults.push({ code: "otherWinner", number, place: i + 1, wanted: short(wanted), entry: short(entry) });
  });
  return faults;
}

function prizesOf([first]) {
  return isObject(first) && areEntries(first.winners) ? first.winners.length : 0;
}

function when(wrong, code, values = {}) {
  return wrong ? [{ code, ...values }] : [];
}

function inOrderOnce(entries) {
  return [...new Set(entries)].sort();
}

/** As much of an entry id as is read at a glance. */
export function short(entry) {
  return entry.length <= 16 ? entry : `${entry.slice(0, 12)}…`;
}

function isHashable(witness) {
  if (!isObject(witness)) return false;
  if (witness.kind === "comments") return areComments(witness.comments);
  return witness.kind === "drand" && isCount(witness.round) && isHex(witness.randomness);
}

const isNothing = (value) => value === null || value === undefined;
const isEmpty = (value) => Array.isArray(value) && value.length === 0;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isHex = (value) => typeof value === "string" && /^[0-9a-f]{64}$/u.test(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 1;
const isMoment = (value) => typeof value === "string" && MOMENT.test(value);
const isEntry = (value) => typeof value === "string" && /^[0-9a-z_-]{1,128}$/u.test(value);
const areEntries = (value) => Array.isArray(value) && value.every(isEntry);

function areComments(value) {
  return Array.isArray(value) && value.every((each) => isObject(each) && isText(each.id) && each.id !== "" && isText(each.text));
}
