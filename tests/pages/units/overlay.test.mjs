import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../../overlays/static/overlay/address.js";
import { TickerQueue } from "../../../overlays/static/reservation-ticker/ticker-queue.js";

const read = (query) => readAddress(`http://127.0.0.1:8000/overlay/live?${query}`);

test("an address names its room, its token and its layers", () => {
  assert.deepEqual(read("token=abc&layers=ticker,offer"), { room: "live", token: "abc", layers: ["offer", "ticker"], background: null });
});

test("no known layer means all of them", () => {
  assert.deepEqual(read("token=abc").layers, ["offer", "ticker", "prompt", "code"]);
  assert.deepEqual(read("layers=flash").layers, ["offer", "ticker", "prompt", "code"]);
});

test("a background is a hex colour with or without its #", () => {
  const background = (bg) => read(`bg=${encodeURIComponent(bg)}`).background;
  assert.deepEqual(["00ff00", "#00FF00", "0f0", " 00ff00 "].map(background), ["#00ff00", "#00FF00", "#0f0", "#00ff00"]);
  assert.deepEqual(["", "green", "url(x)", "00ff0", "00ff00;color:red"].map(background), [null, null, null, null, null]);
});

test("every order has its moment", () => {
  const queue = new TickerQueue();
  queue.add({ name: "张*" });
  queue.add({ name: "李*" });
  assert.deepEqual([queue.next().name, queue.next().name, queue.next()], ["张*", "李*", null]);
});

test("a rush becomes one line, and nobody is counted twice or left out", () => {
  const queue = new TickerQueue();
  for (let i = 1; i <= 100; i += 1) queue.add({ name: String(i) });
  const lines = [];
  for (let line = queue.next(); line; line = queue.next()) lines.push(line);
  assert.ok(lines.length <= 4);
  assert.equal(lines.reduce((sum, line) => sum + (line.more ?? 1), 0), 100);
  assert.equal(lines[0].name, "1");
  assert.equal(lines.at(-1).name, "100");
});
