import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Taps } from "../../../live/web/static/pickup/taps.js";

const words = { unreachable: { what: "没有发出去", why: "", code: "unreachable" }, byCode: {}, byStatus: {}, other: { what: "没有做成" } };
const collect = (code) => ({ room: "live", command: { type: "collect", pickup_code: code } });

let sent;
let done;
let answers;

/** A service that answers each request by the next of `answers`: events, a refusal's status, or null for no line. */
beforeEach(() => {
  sent = [];
  done = [];
  answers = [];
  globalThis.setTimeout = (run) => (run(), 0);
  globalThis.fetch = async (url, { headers, body }) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === null) throw new TypeError("no line");
    sent.push([JSON.parse(body).pickup_code, headers["Idempotency-Key"], decodeURIComponent(headers["Linbo-By"])]);
    const ok = Array.isArray(answer);
    return { ok, status: ok ? 200 : answer, json: async () => (ok ? { events: answer } : { code: "already_collected", detail: "已经提走了" }) };
  };
});

const taps = () => new Taps({ words, called: "提货台", reached: async () => {}, onChange: () => {}, onSent: (about) => done.push(about) });

test("a tap is sent, and told of once it has taken effect", async () => {
  const one = taps();
  answers = [[]];
  const sending = one.send(["r1"], [collect("A")], "张姐");
  assert.equal(one.of("r1"), "sending");
  assert.equal(await sending, true);
  assert.deepEqual([one.of("r1"), done, sent.length], [null, ["张姐"], 1]);
});

test("the others are told whose tap it is: a name, or the counter", async () => {
  answers = [[]];
  await taps().send(["r1"], [collect("A")]);
  globalThis.localStorage = { getItem: () => JSON.stringify({ role: "helper", name: "小李" }) };
  await taps().send(["r1"], [collect("A")]);
  delete globalThis.localStorage;
  assert.deepEqual(sent.map(([, , by]) => by), ["提货台", "小李"]);
});

test("a tap without a line stays, and is sent again under its own keys", async () => {
  const one = taps();
  answers = [null];
  assert.equal(await one.send(["r1"], [collect("A")], "张姐"), false);
  assert.deepEqual([one.of("r1"), done], ["unsent", []]);
  answers = [[]];
  assert.equal(await one.again(one.unsent(["r1"])), true);
  assert.deepEqual([one.of("r1"), done], [null, ["张姐"]]);
});

test("of a tap for two codes only what has not arrived is sent again", async () => {
  const one = taps();
  answers = [[], null];
  assert.equal(await one.send(["r1", "r2"], [collect("A"), collect("B")], "张姐"), false);
  answers = [[]];
  await one.again(one.unsent(["r2"]));
  assert.deepEqual(sent.map(([code]) => code), ["A", "B"]);
  assert.notEqual(sent[0][1], sent[1][1]);
});

test("a refusal ends a tap and is thrown", async () => {
  const one = taps();
  answers = [409];
  await assert.rejects(one.send(["r1"], [collect("A")], "张姐"), { code: "already_collected" });
  assert.deepEqual([one.of("r1"), done], [null, []]);
});

test("an unsent tap is forgotten once it is of no use", async () => {
  const one = taps();
  answers = [null];
  await one.send(["r1"], [collect("A")], "张姐");
  one.prune(() => true);
  assert.equal(one.of("r1"), "unsent");
  one.prune(() => false);
  assert.equal(one.of("r1"), null);
});

test("what is no handing over does not wait to be sent: the big button must mean one thing", async () => {
  const one = taps();
  answers = [null];
  assert.equal(await one.send(["r1"], [{ room: "live", command: { type: "mark_no_show", reservation_id: "r1" } }]), false);
  assert.deepEqual([one.of("r1"), one.unsent(["r1"])], [null, null]);
});
