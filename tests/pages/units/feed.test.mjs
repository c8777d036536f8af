import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ServerClock } from "../../../live/web/static/shared/clock.js";
import { backoffMs } from "../../../live/web/static/shared/backoff.js";
import { Feed, feedUrl } from "../../../live/web/static/shared/feed.js";

test("waits double up to a limit, and half of each is chance", () => {
  const least = [0, 1, 2, 3, 4, 5, 20].map((tries) => backoffMs(tries, () => 0));
  const most = [0, 1, 2, 3, 4, 5, 20].map((tries) => backoffMs(tries, () => 1));
  assert.deepEqual(least, [250, 500, 1000, 2000, 4000, 4000, 4000]);
  assert.deepEqual(most, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test("the address names the room and the last event seen", () => {
  assert.equal(feedUrl("http://127.0.0.1:8000/ws/events", { room: "live", token: null, since: null }), "ws://127.0.0.1:8000/ws/events?room=live");
  assert.equal(feedUrl("https://shop.example/linbo/ws/events", { room: "a", token: "t t", since: 7 }), "wss://shop.example/linbo/ws/events?room=a&since=7&token=t+t");
});

test("the service's clock is as far ahead as the quickest news says", () => {
  let now = 1_000;
  const clock = new ServerClock(() => now);
  assert.equal(clock.now(), 1_000);
  clock.heard(60_900);
  now = 2_000;
  clock.heard(61_990);
  clock.heard(31_000);
  clock.heard("not a time");
  assert.equal(clock.now(), 61_990);
  assert.equal(clock.until(new Date(71_990).toISOString()), 10_000);
  assert.equal(clock.until(new Date(1).toISOString()), 0);
  assert.equal(clock.since(new Date(60_990).toISOString()), 1_000);
});

/** A feed on sockets that the test speaks for, and a clock that it moves. */
function aFeed() {
  const sockets = [];
  const timers = [];
  let now = 0;
  globalThis.WebSocket = class {
    constructor() {
      sockets.push(this);
    }
    close() {
      this.closed = true;
    }
  };
  mock.method(performance, "now", () => now);
  mock.method(globalThis, "setTimeout", (act, wait) => timers.push({ act, at: now + wait }) - 1);
  mock.method(globalThis, "clearTimeout", (id) => delete timers[id]);
  const pass = (ms) => {
    for (const end = now + ms; now < end; ) {
      now += 100;
      for (const id of timers.keys()) if (timers[id]?.at <= now) (({ act }) => (delete timers[id], act()))(timers[id]);
    }
  };
  new Feed({ room: "main", clock: { ask() {}, heard() {} }, onState() {} }).start();
  return { sockets, pass };
}

test("a line on which something is heard now and then is kept, and one that is silent is replaced", () => {
  const { sockets, pass } = aFeed();
  try {
    sockets[0].onopen();
    for (let n = 0; n < 6; n += 1) pass(15_000), sockets[0].onmessage({ data: '{"type":"people"}' });
    assert.equal(sockets.length, 1);
    pass(19_900);
    assert.equal(sockets.length, 1);
    pass(200);
    assert.equal(sockets.length, 2);
    assert.equal(sockets[0].closed, undefined); // it stays until the new one is open
    sockets[1].onopen();
    assert.equal(sockets[0].closed, true);
  } finally {
    mock.restoreAll();
    delete globalThis.WebSocket;
  }
});
