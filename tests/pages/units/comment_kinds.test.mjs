import assert from "node:assert/strict";
import { test } from "node:test";
import { CommentKinds, FILTERS } from "../../../live/web/static/console/comment-kinds.js";

const TOLD = { first: 11, last: 20, orders: [11, 13, 20], questions: [12], complaints: [14], confirm: [13], hidden: [12, 15] };

const of = (n, intent, outcome = "none", more = {}) => ({ n, intent, outcome, ...more });
const listed = (kinds, filter) => kinds.list(filter, 0, []);

function begun() {
  const kinds = new CommentKinds();
  kinds.begin(TOLD);
  return kinds;
}

test("what the service tells is counted and listed, hidden ones apart", () => {
  const kinds = begun();
  assert.deepEqual(listed(kinds, "all"), [11, 13, 14, 16, 17, 18, 19, 20]);
  assert.deepEqual(listed(kinds, "orders"), [11, 13, 20]);
  assert.deepEqual(listed(kinds, "questions"), []);
  assert.deepEqual(listed(kinds, "complaints"), [14]);
  assert.deepEqual(listed(kinds, "confirm"), [13]);
  assert.deepEqual(listed(kinds, "hidden"), [12, 15]);
  for (const filter of FILTERS) assert.equal(kinds.countOf(filter), listed(kinds, filter).length);
  assert.equal(kinds.size, 10);
});

test("a comment that comes is one more at the end, and no reason to make a list anew", () => {
  const kinds = begun();
  const { turns } = kinds;
  kinds.note(of(21, "buy", "reserved"));
  kinds.note(of(22, "question"));
  assert.equal(kinds.turns, turns);
  assert.deepEqual(kinds.list("all", 20, []), [21, 22]);
  assert.deepEqual(kinds.list("questions", 20, []), [22]);
});

test("of those that were missed it is known that they are there", () => {
  const kinds = begun();
  kinds.note(of(24, "chat"));
  assert.deepEqual(kinds.list("all", 20, []), [21, 22, 23, 24]);
  assert.equal(kinds.size, 14);
});

test("what is learned of a comment later moves it, and lists are made anew", () => {
  const kinds = begun();
  const { turns } = kinds;
  kinds.note(of(17, "complaint"));
  assert.deepEqual(listed(kinds, "complaints"), [14, 17]);
  assert.ok(kinds.turns > turns);
});

test("the same comment once more changes nothing", () => {
  const kinds = begun();
  kinds.note(of(20, "buy", "reserved"));
  const { turns } = kinds;
  kinds.note(of(20, "buy", "reserved"));
  assert.equal(kinds.turns, turns);
  assert.equal(kinds.countOf("orders"), 3);
});

test("an answer takes a comment out of the queue, taking it back puts it there again", () => {
  const kinds = begun();
  kinds.settle(13, false);
  assert.deepEqual(listed(kinds, "confirm"), []);
  assert.deepEqual(listed(kinds, "orders"), [11, 13, 20]);
  kinds.settle(13, true);
  assert.deepEqual(listed(kinds, "confirm"), [13]);
});

test("a hidden comment is under hidden alone until it is brought back", () => {
  const kinds = begun();
  kinds.hide(13, true);
  assert.deepEqual([listed(kinds, "orders"), listed(kinds, "confirm")], [[11, 20], []]);
  assert.deepEqual(listed(kinds, "hidden"), [12, 13, 15]);
  kinds.hide(13, false);
  assert.deepEqual([listed(kinds, "orders"), listed(kinds, "confirm")], [[11, 13, 20], [13]]);
});

test("what the shop's own people write is no order and no question", () => {
  const kinds = new CommentKinds();
  kinds.note(of(1, "buy", "host"));
  kinds.note(of(2, "question", "host"));
  assert.deepEqual([kinds.countOf("all"), kinds.countOf("orders"), kinds.countOf("questions")], [2, 0, 0]);
});

test("what came while the service was asked stays", () => {
  const kinds = new CommentKinds();
  kinds.note(of(20, "buy"));
  kinds.note(of(21, "complaint"));
  kinds.begin(TOLD);
  assert.deepEqual(listed(kinds, "complaints"), [14, 21]);
  assert.deepEqual([kinds.first, kinds.last, kinds.countOf("all")], [11, 21, 9]);
});

test("a session of which nothing is told begins with its first comment", () => {
  const kinds = new CommentKinds();
  kinds.begin({ first: null, last: 0 });
  assert.deepEqual([kinds.size, listed(kinds, "all")], [0, []]);
  kinds.note(of(500, "chat"));
  kinds.note(of(499, "chat"));
  assert.deepEqual([kinds.size, listed(kinds, "all")], [1, [500]]);
});

test("ten thousand are counted, and forgotten with the next session", () => {
  const kinds = new CommentKinds();
  for (let n = 1; n <= 10_000; n += 1) kinds.note(of(n, n % 4 === 0 ? "buy" : "chat"));
  assert.deepEqual([kinds.countOf("all"), kinds.countOf("orders")], [10_000, 2_500]);
  kinds.clear();
  assert.deepEqual([kinds.size, kinds.countOf("all"), listed(kinds, "all")], [0, 0, []]);
});
