import assert from "node:assert/strict";
import { test } from "node:test";
import { candidates, putAway, QUIET, turn } from "../../../live/web/static/prompter/cues.js";
import { EMPTY } from "../../../live/web/static/shared/state.js";

const state = { ...EMPTY, session: { id: "s", state: "running" } };
const said = (about) => () => ({ about, values: {} });
const rule = (id, priority, cue, more = {}) => ({ id, priority, stays: 15_000, cooldown: 60_000, cue, ...more });
const room = (now, rules, off = []) => ({ state, now, memory: {}, off, rules });
const LOW = rule("low", 10, said("a"));
const HIGH = rule("high", 50, said("a"));
const URGENT = rule("urgent", 90, said("a"), { stays: null });

test("the most urgent comes first, those switched off not at all, and none when no session runs", () => {
  const rules = [LOW, HIGH];
  assert.deepEqual(candidates(room(0, rules)).map(({ key }) => key), ["high/a", "low/a"]);
  assert.deepEqual(candidates(room(0, rules, ["high"])).map(({ key }) => key), ["low/a"]);
  assert.deepEqual(candidates({ ...room(0, rules), state: { ...state, session: { state: "ended" } } }), []);
});

test("one card at a time", () => {
  const { desk, cue } = turn(QUIET, room(0, [LOW, HIGH]));
  assert.equal(cue.key, "high/a");
  assert.deepEqual(desk.showing, { key: "high/a", since: 0 });
});

test("a card is left to be read for four seconds, but for what is urgent", () => {
  const first = turn(QUIET, room(0, [LOW])).desk;
  assert.equal(turn(first, room(3_999, [LOW, HIGH])).cue.key, "low/a");
  assert.equal(turn(first, room(4_000, [LOW, HIGH])).cue.key, "high/a");
  assert.equal(turn(first, room(1, [LOW, URGENT])).cue.key, "urgent/a");
});

test("a card goes by itself after its time, its matter is quiet for a while, and the next comes", () => {
  const first = turn(QUIET, room(0, [LOW, HIGH])).desk;
  const then = turn(first, room(15_000, [LOW, HIGH]));
  assert.equal(then.cue.key, "low/a");
  assert.equal(turn(then.desk, room(74_999, [HIGH])).cue, null);
  assert.equal(turn(then.desk, room(75_000, [HIGH])).cue.key, "high/a");
});

test("one without a time stays until its matter is over", () => {
  const first = turn(QUIET, room(0, [URGENT])).desk;
  assert.equal(turn(first, room(600_000, [URGENT])).cue.key, "urgent/a");
  const over = turn(first, room(600_001, [rule("urgent", 90, () => null, { stays: null })]));
  assert.deepEqual([over.cue, over.desk.showing], [null, null]);
});

test("a tap puts a card away, and another matter of the same rule still comes", () => {
  const rules = [HIGH];
  const gone = putAway(turn(QUIET, room(0, rules)).desk, 1_000, rules);
  assert.deepEqual(gone, { showing: null, told: { "high/a": 61_000 } });
  assert.equal(turn(gone, room(2_000, rules)).cue, null);
  assert.equal(turn(gone, room(2_000, [rule("high", 50, said("b"))])).cue.key, "high/b");
  assert.equal(turn(gone, room(61_000, rules)).cue.key, "high/a");
});

test("nothing to put away is no fault, and what is long over is forgotten", () => {
  assert.equal(putAway(QUIET, 0), QUIET);
  const rules = [HIGH];
  const first = putAway(turn(QUIET, room(0, rules)).desk, 0, rules);
  const later = putAway(turn(first, room(100_000, [rule("high", 50, said("b"))])).desk, 100_000, rules);
  assert.deepEqual(Object.keys(later.told), ["high/b"]);
});

test("the countdown on a card goes on while it stands", () => {
  const counting = rule("bag", 90, ({ now }) => ({ about: "b", values: { n: 30 - now / 1_000 } }), { stays: null });
  const first = turn(QUIET, room(0, [counting]));
  assert.deepEqual([first.cue.values.n, turn(first.desk, room(9_000, [counting])).cue.values.n], [30, 21]);
  assert.equal(turn(first.desk, room(9_000, [counting])).desk, first.desk);
});
