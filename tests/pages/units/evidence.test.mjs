import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../../../live/web/static/shared/evidence.js";

const joined = (text, evidence) => pieces(text, evidence).map((piece) => piece.text).join("");

test("what was understood is marked, in the order of the text", () => {
  assert.deepEqual(pieces("要两箱鸡蛋", [["鸡蛋", "offer"], ["两箱", "quantity"]]), [
    { text: "要", role: null },
    { text: "两箱", role: "quantity" },
    { text: "鸡蛋", role: "offer" },
  ]);
});

test("words that were normalised before they were read are left out", () => {
  assert.deepEqual(pieces("要２箱", [["2箱", "quantity"]]), [{ text: "要２箱", role: null }]);
});

test("the same words twice are marked in both places", () => {
  const roles = pieces("1号1份", [["1", "offer"], ["1", "quantity"]]).map((piece) => piece.role);
  assert.deepEqual(roles, ["offer", null, "quantity", null]);
});

test("of overlapping words the first stands, and no letter is lost", () => {
  const evidence = [["两箱鸡", "quantity"], ["鸡蛋", "offer"]];
  assert.equal(joined("要两箱鸡蛋", evidence), "要两箱鸡蛋");
  assert.deepEqual(pieces("要两箱鸡蛋", evidence).map((piece) => piece.role), [null, "quantity", null]);
});

test("a comment without evidence is one piece", () => {
  assert.deepEqual(pieces("晚上好", []), [{ text: "晚上好", role: null }]);
  assert.deepEqual(pieces("晚上好", undefined), [{ text: "晚上好", role: null }]);
});
