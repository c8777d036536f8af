/** Reads `{before, told, after}` from standard input and says whether the counter, kept by what was told, is what it is after. */
import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { Desk } from "../../../live/web/static/pickup/desk.js";

const { before, told, after } = JSON.parse(await text(process.stdin));
const plain = (desk) =>
  desk.customers().map((customer) => ({
    ...customer,
    held: customer.held.map((held) => ({ ...held, reservations: [...held.reservations.values()] })),
  }));

const desk = new Desk(before);
for (const [room, event] of told) assert.equal(desk.take(room, event), false, `${event.kind} would be asked for`);
assert.deepEqual(plain(desk), plain(new Desk(after)));
assert.deepEqual(
  [...desk.sessions.values()].map(({ id, cycle }) => [id, cycle]),
  after.sessions.map(({ id, cycle }) => [id, cycle]),
);
