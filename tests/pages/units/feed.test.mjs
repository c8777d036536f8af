import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../../live/web/static/shared/clock.js";
import { backoffMs } from "../../../live/web/static/shared/backoff.js";
import { feedUrl } from "../../../live/web/static/shared/feed.js";

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
