import assert from "node:assert/strict";
import { test } from "node:test";
import { homesOf } from "../../../overlays/static/overlay/homes.js";

const LAYERS = ["offer", "flash", "bag", "poll", "prompt", "question", "bubble", "fallback"];

/** The cells of the grid that each home takes: no two homes of one picture may share one. */
const CELLS = {
  portrait: { card: ["c"], left: ["a1", "a2"], "left-top": ["a1"], "left-bottom": ["a2"], right: ["b1", "b2"], wide: ["a1", "a2", "b1", "b2"] },
  landscape: { card: ["c"], left: ["a1", "a2"], "left-top": ["a1"], "left-bottom": ["a2"], right: ["d1"], "right-bottom": ["d2"] },
};

function* everySet() {
  for (let bits = 0; bits < 2 ** LAYERS.length; bits += 1) yield LAYERS.filter((_, i) => bits & (1 << i));
}

for (const way of ["portrait", "landscape"])
  for (const deaf of [false, true])
    test(`no two layers share a place, ${way}${deaf ? ", while comments do not arrive" : ""}`, () => {
      for (const wanting of everySet()) {
        const homes = homesOf(wanting, { portrait: way === "portrait", deaf });
        const taken = [...homes.values()].flatMap((home) => CELLS[way][home]);
        assert.equal(new Set(taken).size, taken.length, wanting.join());
        for (const layer of homes.keys()) assert.ok(wanting.includes(layer));
      }
    });

test("what is sold, a flash deal and a bag are always there when they want to be", () => {
  for (const portrait of [true, false])
    for (const wanting of everySet()) {
      const homes = homesOf(wanting, { portrait });
      for (const layer of ["offer", "flash", "bag"]) assert.equal(homes.has(layer), wanting.includes(layer));
    }
});

test("whoever asks for something alone has a home", () => {
  for (const layer of LAYERS) for (const portrait of [true, false]) assert.ok(homesOf([layer], { portrait }).has(layer));
});

test("what lasts the shortest goes first, and a poll has a side of its own across", () => {
  const portrait = homesOf(["poll", "prompt", "fallback"], { portrait: true });
  assert.deepEqual([...portrait], [["prompt", "wide"]]);
  const landscape = homesOf(["poll", "prompt", "fallback"], { portrait: false });
  assert.deepEqual([...landscape], [["poll", "right"], ["prompt", "right-bottom"]]);
});

test("while comments do not arrive the code goes before whatever asks for one", () => {
  assert.deepEqual([...homesOf(["prompt", "poll", "fallback"], { portrait: true, deaf: true })], [["fallback", "wide"]]);
});

test("beside a flash deal or a bag there is half the width", () => {
  assert.equal(homesOf(["prompt"], { portrait: true }).get("prompt"), "wide");
  assert.equal(homesOf(["prompt", "bag"], { portrait: true }).get("prompt"), "right");
  assert.equal(homesOf(["flash", "bag"], { portrait: true }).get("flash"), "left-top");
});
