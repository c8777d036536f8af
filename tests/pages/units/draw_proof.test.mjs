import assert from "node:assert/strict";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { test } from "node:test";
import { fromHex, isText, toHex, utf8 } from "../../../live/web/static/draw/bytes.js";
import { find } from "../../../live/web/static/draw/find.js";
import { hmacOf } from "../../../live/web/static/draw/hmac.js";
import { listHashOf, standing, witnessHashOf, commitmentOf } from "../../../live/web/static/draw/ranks.js";
import { sha256 } from "../../../live/web/static/draw/sha256.js";
import { canonical, stepsOf } from "../../../live/web/static/draw/steps.js";
import { verify } from "../../../live/web/static/draw/verify.js";
import { drawZhCN as t } from "../../../live/web/static/draw/words/zh-CN.js";

const hashed = (bytes) => createHash("sha256").update(bytes).digest("hex");

function recordOf({ entries, count = 1, redraws = [], comments = [{ id: "m-1", text: "恭喜" }] }) {
  const seed = "5a".repeat(32);
  const witness = { kind: "comments", comments, hash: witnessHashOf({ kind: "comments", comments }) };
  const rounds = [];
  for (const [i, n] of [count, ...redraws].entries()) {
    const leavingOut = rounds.flatMap(({ winners }) => winners);
    const order = standing({ seed, entries, witnessHash: witness.hash, round: i + 1, leavingOut });
    rounds.push({ round: i + 1, winners: order.slice(0, n).map(({ entry }) => entry), reason: i === 0 ? null : "没来领" });
  }
  const moments = { opened_at: "2026-01-07T20:20:00+08:00", closed_at: "2026-01-07T20:30:00+08:00" };
  const sealed = { commitment: commitmentOf(seed), seed, entries: [...entries].sort(), list_hash: listHashOf(entries) };
  return { giveaway_id: "g", rules: { winners: count }, ...moments, ...sealed, witness, rounds };
}

const ENTRIES = ["3fa91c", "3fb000", "0011aa", "ffee00"];

test("SHA-256 gives what the platform's own gives, around every block boundary and for ten thousand bytes", () => {
  for (const length of [0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 1_000, 10_000]) {
    const bytes = new Uint8Array(randomBytes(length));
    assert.equal(toHex(sha256(bytes)), hashed(bytes), `${length} bytes`);
  }
});

test("HMAC gives what the platform's own gives, for short, whole and long keys", () => {
  for (const length of [0, 1, 32, 63, 64, 65, 200]) {
    const [key, message] = [randomBytes(length), randomBytes(170)];
    const wanted = createHmac("sha256", key).update(message).digest("hex");
    assert.equal(toHex(hmacOf(new Uint8Array(key))(new Uint8Array(message))), wanted, `${length} bytes`);
  }
});

test("one key serves many messages", () => {
  const hmac = hmacOf(utf8("k"));
  assert.equal(toHex(hmac(utf8("a"))), toHex(hmac(utf8("a"))));
  assert.notEqual(toHex(hmac(utf8("a"))), toHex(hmac(utf8("b"))));
});

test("hex goes there and back, and half a character is no text", () => {
  assert.equal(toHex(fromHex("00ff7a")), "00ff7a");
  assert.equal(isText("🥚"), true);
  assert.equal(isText("🥚".slice(0, 1)), false);
});

test("a viewer finds their entry by how it begins, whatever the case and the blanks", () => {
  const record = recordOf({ entries: ENTRIES });
  const [winner] = record.rounds[0].winners;
  assert.deepEqual(find(record, winner), { entry: winner, kind: "won", round: 1, place: 1 });
  const loser = ENTRIES.find((entry) => entry !== winner && !entry.startsWith("3f")) ?? "3fa91c";
  const found = find(record, ` ${loser.slice(0, 4).toUpperCase()} `);
  assert.equal(found.kind, "listed");
  assert.ok(found.rank > 1 && found.rank <= found.total);
  assert.deepEqual(find(record, "3f"), { kind: "many", n: 2 });
  assert.equal(find(record, "9").kind, "none");
  assert.equal(find(record, "张姐").kind, "wrong");
  assert.equal(find(record, "  ").kind, "nothing");
});

test("a winner of a redraw is told the round", () => {
  const record = recordOf({ entries: ENTRIES, redraws: [1] });
  assert.deepEqual(find(record, record.rounds[1].winners[0]).round, 2);
});

test("before the draw an entry is only told to be in the list", () => {
  const { entries, list_hash } = recordOf({ entries: ENTRIES });
  assert.equal(find({ entries, list_hash }, "0011aa").kind, "inList");
  assert.equal(find({}, "0011aa").kind, "none");
});

test("every step of a record that holds is ticked, with the numbers to look at", () => {
  const steps = stepsOf(recordOf({ entries: ENTRIES, redraws: [1] }), null, t);
  assert.deepEqual(steps.map(({ step }) => step), ["record", "seed", "list", "witness", "rounds"]);
  assert.deepEqual(steps.flatMap(({ faults }) => faults), []);
  assert.deepEqual(steps[3].numbers[0], [t.numbers.said, "恭喜"]);
});

test("what a phone saw before the draw is a step of its own", () => {
  const record = recordOf({ entries: ENTRIES });
  const noted = { commitment: record.commitment, rules: canonical(record.rules), at: "2026-01-07T20:21:00+08:00" };
  const before = (seen) => stepsOf(record, seen, t).find(({ step }) => step === "before").faults;
  assert.deepEqual(before(noted), []);
  assert.equal(before({ ...noted, commitment: "00".repeat(32) }).length, 1);
  assert.equal(before({ ...noted, rules: canonical({ winners: 2 }) }).length, 1);
});

test("the order of fields does not matter to what was noted", () => {
  assert.equal(canonical({ a: 1, b: [{ c: null, d: "x" }] }), canonical({ b: [{ d: "x", c: null }], a: 1 }));
});

test("rubbish in a record is told and breaks neither the check nor its words", () => {
  const rubbish = [null, true, 0, 1.5, "", "x", [], [null], {}, { kind: "drand" }, { kind: "comments", comments: [1] }];
  const whole = recordOf({ entries: ENTRIES, redraws: [1] });
  for (const field of Object.keys(whole))
    for (const value of rubbish) {
      const steps = stepsOf({ ...whole, [field]: value }, null, t);
      assert.ok(steps.every(({ faults }) => faults.every((fault) => !fault.includes("undefined"))));
    }
  for (const value of rubbish) assert.ok(verify(value).some(({ faults }) => faults.length > 0));
});
