import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { zhCN } from "../../../live/web/static/shared/i18n/zh-CN.js";
import { goodForMs, Outbox } from "../../../live/web/static/console/team/outbox.js";

const MINUTE = 60_000;
const pin = (id) => ({ type: "pin_offer", offer_id: id });
const accept = (id) => ({ type: "accept_comment", comment_id: id });

/** What a browser keeps, as far as the outbox asks. */
function storage() {
  const kept = Object.create({
    setItem(name, value) {
      this[name] = value;
    },
    getItem(name) {
      return this[name];
    },
    removeItem(name) {
      delete this[name];
    },
  });
  return kept;
}

/** A page that is no longer there hears nothing and sends nothing. */
const silence = () => new Promise(() => {});

/** A service that carries a command out once a key; `lose()` says what is lost: null, "request" or "answer". */
function service(lose = () => null) {
  const done = [];
  const answers = new Map();
  const send = async (_room, command, key) => {
    const lost = lose(command);
    if (lost === "request") return null;
    if (!answers.has(key)) answers.set(key, { events: [{ seq: done.push(command) }] });
    return lost === "answer" ? null : new Response(JSON.stringify(answers.get(key)));
  };
  return { done, send };
}

function outbox(send, { store = storage(), now = () => 0, session = () => "s1", onLate = () => {} } = {}) {
  return new Outbox({ room: "main", store, send, now, session, onLate, words: () => zhCN.errors, onChange: () => {} });
}

async function until(box, isIt) {
  for (let turns = 0; !isIt(); turns += 1) {
    assert.ok(turns < 10_000, "it never came to that");
    box.wake();
    await turn();
  }
}

const idle = (box) => until(box, () => !box.busy);

test("a tap is answered with what it made, and nothing is kept", async () => {
  const store = storage();
  const box = outbox(service().send, { store });
  assert.deepEqual(await box.send(pin("egg")), { events: [{ seq: 1 }] });
  assert.deepEqual([box.entries, Object.keys(store), [...box.own]], [[], [], [1]]);
});

test("the same tap twice is one, while it is on its way", async () => {
  const { done, send } = service();
  const box = outbox(send);
  assert.deepEqual(await Promise.all([box.send(accept("m-1")), box.send(accept("m-1"))]), [{ events: [{ seq: 1 }] }, { events: [{ seq: 1 }] }]);
  assert.equal(done.length, 1);
});

test("an answer lost on the way is asked for with the same key, and takes effect once", async () => {
  const lost = ["answer", "request", "answer", null];
  const { done, send } = service(() => lost.shift());
  const box = outbox(send);
  const answer = box.send(accept("m-1"));
  await idle(box);
  assert.deepEqual(await answer, { events: [{ seq: 1 }] });
  assert.deepEqual(done, [accept("m-1")]);
});

test("what was written down before a reload is sent after it, in the order of the taps", async () => {
  const store = storage();
  const before = outbox(silence, { store });
  const taps = Array.from({ length: 12 }, (_, i) => accept(`m-${i}`));
  for (const tap of taps) before.send(tap);
  const { done, send } = service();
  const told = [];
  const after = outbox(send, { store, onLate: ({ command }, refused) => told.push([command, refused]) });
  await idle(after);
  assert.deepEqual(done, taps);
  assert.deepEqual(told, taps.map((tap) => [tap, null]));
  assert.deepEqual(Object.keys(store), []);
});

test("whatever is lost, and whenever the page is loaded anew, each tap takes effect once and in order", async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    let state = seed;
    const chance = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const { done, send } = service(() => ["request", "answer", null, null][Math.floor(chance() * 4)]);
    const store = storage();
    const open = () => {
      const page = { gone: false };
      page.box = outbox(async (...about) => {
        const answer = page.gone ? null : await send(...about);
        return page.gone ? silence() : answer;
      }, { store });
      return page;
    };
    let page = open();
    const taps = Array.from({ length: 10 }, (_, i) => (i % 3 ? accept(`m-${i}`) : { type: "restock", offer_id: "egg", quantity: i + 1 }));
    for (const tap of taps) {
      page.box.send(tap).catch(() => {});
      for (let turns = Math.floor(chance() * 4); turns > 0; turns -= 1) (page.box.wake(), await turn());
      if (chance() < 0.3) (page.gone = true), page.box.wake(), await turn(), (page = open());
    }
    await idle(page.box);
    assert.deepEqual(done, taps, `seed ${seed}`);
  }
});

test("a call for a 1 is stale in seconds, an offer to show in a minute, an order of a customer not for half an hour", () => {
  assert.deepEqual([{ type: "open_prompt" }, pin("egg"), accept("m-1"), { type: "restock" }].map(goodForMs), [20_000, MINUTE, 30 * MINUTE, 5 * MINUTE]);
});

test("what is stale is not sent by itself, wherever it stands, and says so", async () => {
  let now = 0;
  let up = false;
  const { done, send } = service(() => (up ? null : "request"));
  const box = outbox(send, { now: () => now });
  const booked = box.send(accept("m-1"));
  const shown = box.send(pin("egg"));
  now = MINUTE + 1;
  const refused = assert.rejects(shown, ({ what, kept }) => kept === true && what === zhCN.errors.unreachable.what);
  await until(box, () => box.entries.some(({ state }) => state === "failed"));
  await refused;
  up = true;
  await idle(box);
  await booked;
  assert.deepEqual(done, [accept("m-1")]);
  assert.deepEqual(box.entries.map(({ command, state }) => [command, state]), [[pin("egg"), "failed"]]);
});

test("what has failed goes with one tap, with the key that it had, be it the row's tap or the button's", async () => {
  for (const tap of ["row", "button"]) {
    let now = 0;
    const keys = new Set();
    const { done, send } = service(() => (now > MINUTE ? null : "answer"));
    const box = outbox((room, command, key) => (keys.add(key), send(room, command, key)), { now: () => now });
    const first = assert.rejects(box.send(pin("egg")));
    await until(box, () => done.length > 0);
    now = 2 * MINUTE;
    await until(box, () => !box.busy);
    await first;
    if (tap === "row") box.again(box.entries[0]);
    else box.send(pin("egg"));
    await idle(box);
    assert.deepEqual([done.length, keys.size, box.entries.length], [1, 1, 0], tap);
  }
});

test("nothing of an evening that is over is sent to the next one", async () => {
  const store = storage();
  outbox(silence, { store }).send(pin("egg"));
  const { done, send } = service();
  const box = outbox(send, { store, session: () => "s2" });
  box.wake();
  await until(box, () => !box.busy);
  assert.deepEqual([done, box.entries[0].state], [[], "failed"]);
});

test("a refusal ends it, and is told whoever still listens", async () => {
  const refusal = () => new Response(JSON.stringify({ code: "unknown_comment", detail: "可能已经处理过" }), { status: 404 });
  const store = storage();
  const box = outbox(async () => refusal(), { store });
  await assert.rejects(box.send(accept("m-1")), ({ code, kept }) => code === "unknown_comment" && !kept);
  assert.deepEqual([box.entries, Object.keys(store)], [[], []]);
  outbox(silence, { store }).send(accept("m-2"));
  const told = [];
  await idle(outbox(async () => refusal(), { store, onLate: (_entry, refused) => told.push(refused.code) }));
  assert.deepEqual(told, ["unknown_comment"]);
});

test("a browser that keeps nothing still sends", async () => {
  const forbidden = new Proxy({}, { get: () => assert.fail("forbidden"), ownKeys: () => assert.fail("forbidden") });
  const { done, send } = service();
  await outbox(send, { store: forbidden }).send(pin("egg"));
  assert.deepEqual(done, [pin("egg")]);
});

test("rooms do not mix", async () => {
  const store = storage();
  store.setItem("linbo-out/other/k", JSON.stringify({ key: "k", command: pin("egg"), session: null, at: 0, n: 1, tried: 0, state: "waiting" }));
  store.setItem("linbo-theme", "light");
  assert.deepEqual(outbox(silence, { store }).entries, []);
});

test("what failed on an earlier evening is another tap tonight: it goes, and is answered", { timeout: 5_000 }, async () => {
  let [evening, lost] = ["s1", "request"];
  let now = 0;
  const { done, send } = service(() => lost);
  const box = outbox(send, { session: () => evening, now: () => now });
  const first = box.send(pin("egg")).catch((refused) => refused);
  now = goodForMs(pin("egg")) + 1;
  await until(box, () => box.entries[0].state === "failed");
  assert.equal((await first).kept, true);
  [evening, lost] = ["s2", null];
  assert.deepEqual(await box.send(pin("egg")), { events: [{ seq: 1 }] });
  assert.deepEqual([done.length, box.entries], [1, []]);
});
