import assert from "node:assert/strict";
import { test } from "node:test";
import { asServed } from "./as_served.mjs";

const { bagOn, flashOn, isJoyful, pollOn, promptOn, saidOn, saleOf } = await asServed("overlay/on.js");

const NOW = Date.parse("2026-01-07T20:00:00+08:00");
const at = (seconds) => new Date(NOW + seconds * 1_000).toISOString();
const room = (more) => ({ session: { state: "running" }, prompt: null, flash_sales: [], giveaways: [], polls: [], shown: null, ...more });
const sale = (id, state, more) => ({ id, offer_id: id, state, announced_at: at(-90), starts_at: at(-60), ends_at: at(60), paused_at: null, ended_at: null, ...more });

test("a sale that runs goes before one that waits, and one that is over says so for some seconds", () => {
  const on = (...sales) => flashOn(room({ flash_sales: sales }), NOW)?.id ?? null;
  assert.equal(on(sale("a", "announced"), sale("b", "running")), "b");
  assert.equal(on(sale("a", "ended", { ended_at: at(-3) })), "a");
  assert.equal(on(sale("a", "ended", { ended_at: at(-7) })), null);
  assert.equal(on(sale("a", "ended", { ended_at: at(-1) }), sale("b", "announced")), "b");
  assert.equal(on(), null);
});

test("a sale whose time is long up goes, even when nobody says so; a paused one stays", () => {
  const late = { ends_at: at(-6) };
  assert.equal(flashOn(room({ flash_sales: [sale("a", "running", late)] }), NOW), null);
  assert.equal(flashOn(room({ flash_sales: [sale("a", "paused", late)] }), NOW).id, "a");
});

test("nothing is on sale when the session is over", () => {
  assert.equal(flashOn(room({ session: { state: "ended" }, flash_sales: [sale("a", "running")] }), NOW), null);
});

test("a price is that of the sale while it runs and while it pauses, not before and not after", () => {
  const of = (state) => saleOf(room({ flash_sales: [sale("a", state)] }), "a")?.id ?? null;
  assert.deepEqual(["announced", "running", "paused", "ended"].map(of), [null, "a", "a", null]);
});

const bag = (id, state, more) => ({ id, state, opened_at: at(-60), drawn_at: null, rounds: [], ...more });

test("a draw has its moment, then gives way to a bag that can be entered, and its proof goes in the end", () => {
  const on = (...bags) => bagOn(room({ giveaways: bags }), NOW)?.id ?? null;
  const drawn = (seconds) => bag("drawn", "drawn", { drawn_at: at(-seconds) });
  assert.equal(on(bag("open", "open"), bag("closed", "closed")), "closed");
  assert.equal(on(bag("open", "open"), drawn(2)), "drawn");
  assert.equal(on(bag("open", "open"), drawn(20)), "open");
  assert.equal(on(drawn(20)), "drawn");
  assert.equal(on(drawn(100)), null);
  assert.deepEqual([isJoyful(drawn(2), NOW), isJoyful(drawn(20), NOW), isJoyful(bag("a", "open"), NOW)], [true, false, false]);
});

test("a poll shows its result for some seconds", () => {
  const on = (...polls) => pollOn(room({ polls }), NOW)?.id ?? null;
  const closed = (seconds) => ({ id: "closed", state: "closed", opened_at: at(-60), closed_at: at(-seconds) });
  const open = { id: "open", state: "open", opened_at: at(-70), closed_at: null };
  assert.deepEqual([on(closed(3)), on(closed(20)), on(closed(3), open)], ["closed", null, "open"]);
});

test("a prompt goes when its time is up, and where another layer says the same", () => {
  const prompt = { id: "p", open: true, meaning: "poll", closes_at: at(5) };
  assert.equal(promptOn(room({ prompt }), NOW).id, "p");
  assert.equal(promptOn(room({ prompt }), NOW + 5_000), null);
  assert.equal(promptOn(room({ prompt }), NOW, ["poll"]), null);
  assert.equal(promptOn(room({}), NOW), null);
});

test("what the host shows is shown as what it is meant to be, until its time is up or it is hidden", () => {
  const shown = { as: "bubble", open: true, until: at(5) };
  const on = (said, as = "bubble", now = NOW) => saidOn(room({ shown: said }), now, as) !== null;
  assert.deepEqual([on(shown), on(shown, "question"), on({ ...shown, open: false }), on(shown, "bubble", NOW + 6_000)], [true, false, false, false]);
  assert.ok(on({ ...shown, until: null }));
});
