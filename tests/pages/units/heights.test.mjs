import assert from "node:assert/strict";
import { test } from "node:test";
import { Heights } from "../../../live/web/static/console/comment-stream/heights.js";

const GUESS = 76;

function sumsOf(rows) {
  return rows.map((_, i) => rows.slice(0, i).reduce((sum, height) => sum + (height ?? GUESS), 0));
}

/** Small numbers that look thrown, and are the same each time. */
function* thrown(seed) {
  for (let x = seed; ; x = (x * 1_103_515_245 + 12_345) % 2 ** 31) yield x / 2 ** 31;
}

test("a row that has not been seen is as high as it is thought to be", () => {
  const heights = new Heights(GUESS);
  heights.push();
  heights.push(40);
  heights.push();
  assert.equal(heights.total, GUESS + 40 + GUESS);
  assert.deepEqual([heights.seen(0), heights.seen(1)], [null, 40]);
});

test("what lies before a row and what is at a place agree with adding up, for thousands of rows that change", () => {
  const next = thrown(7);
  const heights = new Heights(GUESS);
  const rows = [];
  for (let n = 0; n < 3_000; n += 1) {
    const height = next.next().value < 0.5 ? null : 30 + Math.floor(next.next().value * 200) / 4;
    rows.push(height);
    heights.push(height);
    if (n % 3 === 0) {
      const at = Math.floor(next.next().value * rows.length);
      rows[at] = 20 + Math.floor(next.next().value * 400) / 4;
      heights.set(at, rows[at]);
    }
  }
  const sums = sumsOf(rows);
  for (let i = 0; i < rows.length; i += 97) {
    assert.equal(heights.before(i), sums[i]);
    assert.equal(heights.at(sums[i]), i);
    assert.equal(heights.at(sums[i] + 19), i);
    assert.equal(heights.at(sums[i] - 0.25), Math.max(0, i - 1));
  }
});

test("beyond the ends are the first and the last row, and in nothing there is none", () => {
  const heights = new Heights(GUESS);
  assert.equal(heights.at(0), -1);
  heights.fill([10, 20, 30]);
  assert.deepEqual([heights.at(-5), heights.at(9), heights.at(10), heights.at(1_000)], [0, 0, 1, 2]);
});

test("a list made anew has forgotten the one before", () => {
  const heights = new Heights(GUESS);
  heights.fill(Array.from({ length: 5_000 }, () => 100));
  heights.fill([10, null]);
  assert.deepEqual([heights.count, heights.total], [2, 10 + GUESS]);
});

test("setting a height says whether it was another one", () => {
  const heights = new Heights(GUESS);
  heights.fill([null]);
  assert.equal(heights.set(0, GUESS), false);
  assert.equal(heights.seen(0), GUESS);
  assert.equal(heights.set(0, 50), true);
});
