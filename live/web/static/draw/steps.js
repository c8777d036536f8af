/** The steps of a check in words: `[{step, title, say, faults: [words], numbers: [[label, value]]}]`. Pure. */
import { count } from "../shared/format.js";
import { fill } from "../shared/i18n/fill.js";
import { wall } from "./moments.js";
import { groundOf, verify } from "./verify.js";

/** `noted` is what this phone saw before the draw, `{commitment, rules, at}`, or null. */
export function stepsOf(record, noted, t) {
  const steps = verify(record).map(({ step, faults }) => ({
    step,
    ...wordsOf(step, record, t),
    faults: faults.map(({ code, ...values }) => fill(t.faults[code], values)),
    numbers: numbersOf(step, record, t),
  }));
  if (noted === null) return steps;
  return [...steps.slice(0, 2), beforeStep(record, noted, t), ...steps.slice(2)];
}

/** A value as one text, whatever the order of its fields. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

function beforeStep(record, noted, t) {
  const same = record.commitment === noted.commitment && canonical(record.rules) === noted.rules;
  const at = wall(noted.at, t);
  const { title, say } = t.steps.before;
  const numbers = [[t.numbers.commitment, noted.commitment]];
  return { step: "before", title, say: fill(say, { at }), faults: same ? [] : [fill(t.before.changed, { at })], numbers };
}

function wordsOf(step, record, t) {
  const { title, say } = t.steps[step === "witness" ? witnessWords(record.witness) : step];
  const { entries } = groundOf(record);
  const comments = record.witness?.comments;
  const n = step === "witness" ? (Array.isArray(comments) ? comments.length : 0) : (entries?.length ?? 0);
  return { title, say: fill(say, { n: count(n), round: record.witness?.round }) };
}

function witnessWords(witness) {
  if (witness?.kind === "drand") return "witnessDrand";
  return Array.isArray(witness?.comments) && witness.comments.length === 0 ? "witnessNone" : "witness";
}

function numbersOf(step, record, t) {
  const words = t.numbers;
  const { witness } = record;
  const told = {
    record: [],
    seed: [[words.seed, record.seed], [words.commitment, record.commitment]],
    list: [[words.listHash, record.list_hash]],
    witness: [...saidAfter(witness, words), [words.witnessHash, witness?.hash]],
    rounds: [],
  };
  return told[step].filter(([, value]) => typeof value === "string");
}

function saidAfter(witness, words) {
  if (witness?.kind === "drand") return [[words.randomness, witness.randomness]];
  return Array.isArray(witness?.comments) ? witness.comments.map((each) => [words.said, each?.text]) : [];
}
