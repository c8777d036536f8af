import assert from "node:assert/strict";
import { test } from "node:test";
import { asServed } from "./as_served.mjs";

const { LAYERS, readAddress } = await asServed("overlay/address.js");
const { pictureAddress } = await asServed("offer-card/picture.js");
const { winnersOf } = await asServed("bag-card/winners.js");
const { linesOf, sharesOf } = await asServed("poll-card/poll-lines.js");
const { TickerQueue } = await asServed("reservation-ticker/ticker-queue.js");
const { sizeOf } = await asServed("said-card/size.js");
const { clockSize, clockText, isHot } = await asServed("overlay/time.js");
const { en } = await asServed("overlay/words/en.js");
const { chooseWords } = await asServed("overlay/words/index.js");
const { zhCN } = await asServed("overlay/words/zh-CN.js");

const read = (query) => readAddress(`http://127.0.0.1:8000/overlay/live?${query}`);

test("an address names its room, its token and its layers", () => {
  const { room, token, layers } = read("token=abc&layers=ticker,offer");
  assert.deepEqual({ room, token, layers }, { room: "live", token: "abc", layers: ["offer", "ticker"] });
});

test("no known layer means all of them", () => {
  assert.deepEqual(read("token=abc").layers, [...LAYERS]);
  assert.deepEqual(read("layers=banner").layers, [...LAYERS]);
});

test("every layer can be asked for alone, the code by its old name too", () => {
  for (const layer of LAYERS) assert.deepEqual(read(`layers=${layer}`).layers, [layer]);
  assert.deepEqual(read("layers=code").layers, ["fallback"]);
});

test("a theme that there is not is none", () => {
  assert.deepEqual(["red", "green", "mono", "blue", ""].map((theme) => read(`theme=${theme}`).look), ["red", "green", "mono", null, null]);
});

test("sound and the notice of the line are off unless asked for", () => {
  const asked = (query) => [read(query).sound, read(query).debug];
  assert.deepEqual(asked("token=abc"), [false, false]);
  assert.deepEqual(asked("sound=1&debug"), [true, true]);
  assert.deepEqual(asked("sound=0&debug=false"), [false, false]);
});

test("a background is a hex colour with or without its #", () => {
  const background = (bg) => read(`bg=${encodeURIComponent(bg)}`).background;
  assert.deepEqual(["00ff00", "#00FF00", "0f0", " 00ff00 "].map(background), ["#00ff00", "#00FF00", "#0f0", "#00ff00"]);
  assert.deepEqual(["", "green", "url(x)", "00ff0", "00ff00;color:red"].map(background), [null, null, null, null, null]);
});

test("a picture has a name that the service gave, or stands in its address, and comes from nowhere else", () => {
  const name = `${"0f".repeat(16)}.jpg`;
  assert.ok(pictureAddress(name).endsWith(`/pictures/${name}`));
  assert.equal(pictureAddress("data:image/png;base64,AAAA"), "data:image/png;base64,AAAA");
  const none = ["https://shop.example/egg.jpg", "../egg.jpg", "javascript:alert(1)", "http://shop.example/egg.jpg", "/egg.jpg", "data:text/html,<script>", "data:image/svg+xml,<svg onload=x>", "", null, undefined, 7];
  assert.deepEqual(none.map(pictureAddress), none.map(() => null));
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

test("shares of a poll are whole and come to a hundred", () => {
  assert.deepEqual(sharesOf([1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(sharesOf([0, 0]), [0, 0]);
  assert.deepEqual(sharesOf([1, 0]), [100, 0]);
  for (let i = 1; i < 500; i += 1) {
    const votes = [i % 7, (i * 31) % 97, (i * 17) % 13, 1];
    assert.equal(sharesOf(votes).reduce((sum, share) => sum + share, 0), 100, String(votes));
  }
});

test("who leads a poll leads alone, and the options keep their places", () => {
  const poll = (...votes) => ({ options: votes.map((each, i) => ({ key: String(i + 1), label: "草莓", votes: each })) });
  const leads = (...votes) => linesOf(poll(...votes)).map((line) => line.leads);
  assert.deepEqual(leads(1, 5, 2), [false, true, false]);
  assert.deepEqual(leads(5, 5), [false, false]);
  assert.deepEqual(leads(0, 0), [false, false]);
  assert.deepEqual(linesOf(poll(1, 5, 2)).map(({ key }) => key), ["1", "2", "3"]);
});

test("winners of all rounds are named, those who forfeited are not, and a crowd is counted", () => {
  const won = (n, state = "won") => ({ entry: String(n), name: "张*", state });
  const bag = { rounds: [{ winners: [won(1, "forfeited"), won(2)] }, { winners: [won(3, "claimed")] }] };
  assert.deepEqual(winnersOf(bag, 8).shown.map(({ entry }) => entry), ["2", "3"]);
  const crowd = winnersOf({ rounds: [{ winners: Array.from({ length: 100 }, (_, n) => won(n)) }] }, 8);
  assert.deepEqual([crowd.shown.length, crowd.more, crowd.all], [7, 93, 100]);
  assert.deepEqual(winnersOf({ rounds: [] }, 8), { shown: [], more: 0, all: 0 });
});

test("words are written as large as they fit", () => {
  const size = (text, answer, home) => sizeOf({ text, answer }, home);
  assert.equal(size("几点能提？", null, "right"), "l");
  assert.equal(size("字".repeat(40), null, "right"), "m");
  assert.equal(size("字".repeat(40), null, "wide"), "l");
  assert.equal(size("字".repeat(60), "字".repeat(60), "right"), "s");
});

test("a clock never says that it is over before it is", () => {
  assert.deepEqual([1, 1_000, 1_001, 59_001, 3_599_999, 0].map(clockText), ["0:01", "0:01", "0:02", "1:00", "1:00:00", "0:00"]);
  assert.deepEqual(["0:45", "12:34", "1:00:00"].map(clockSize), ["l", "m", "s"]);
  assert.deepEqual([0, 1, 10_000, 10_001].map(isHot), [false, true, true, false]);
});

function leaves(words, path = "") {
  if (typeof words === "string") return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const places = (text) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]).sort();

test("both languages of the picture say the same things with the same places", () => {
  const [chinese, english] = [new Map(leaves(zhCN)), new Map(leaves(en))];
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  const optional = new Set(["offer.example"]);
  for (const [path, words] of chinese) if (!optional.has(path)) assert.deepEqual(places(english.get(path)), places(words), path);
  assert.deepEqual([...chinese.values()].filter((words) => /[!！]/u.test(words)), []);
});

test("the picture speaks Chinese unless it is asked for English", () => {
  assert.deepEqual(["", "?lang=fr", "?lang=en-US"].map((search) => chooseWords(search).lang), ["zh-CN", "zh-CN", "en"]);
});
