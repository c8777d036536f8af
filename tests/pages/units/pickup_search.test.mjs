import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { find, isMeantByCode, isMeantSurely, readQuery } from "../../../live/web/static/pickup/search.js";

const { people, queries } = JSON.parse(readFileSync(new URL("./search.json", import.meta.url), "utf8"));
const customers = people.map(({ name, code, number, letter, tail }) => ({ name, held: [{ viewer: { name }, pickup_code: code, number, letter, phone_tail: tail }] }));

for (const { why, text, found } of queries)
  test(why, () => assert.deepEqual(find(customers, readQuery(text)).map((customer) => customer.name), found));

test("somebody with two baskets is found once", () => {
  const both = { held: [...customers[0].held, ...customers[1].held] };
  assert.deepEqual(find([both], readQuery("姐")), [both]);
});

test("a name, a phone and a number are no code", () => {
  for (const said of ["堂***", "1234", "1"]) assert.equal(isMeantByCode(customers[3], readQuery(said)), false);
  for (const shown of ["zzzz", "ZZZZ23456789"]) assert.equal(isMeantByCode(customers[3], readQuery(shown)), true);
});

test("a code and a phone need no more letters, a name and a number may go on", () => {
  const sure = (said) => customers.filter((customer) => isMeantSurely(customer, readQuery(said))).map(({ name }) => name);
  assert.deepEqual([sure("7K2M"), sure("6688"), sure("张姐"), sure("12"), sure("小张姐的店")], [["张姐"], ["张姐"], [], [], []]);
});
