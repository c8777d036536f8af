import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fetchWords, SHARED_WORDS } from "../../../live/web/static/shared/i18n/fetch.js";
import { calledName, keepWho, whoIs } from "../../../live/web/static/shared/who.js";
import { deedOf, didSo, doneAlready, isSo, wishWords, withDeed } from "../../../live/web/static/console/team/deeds.js";
import { words } from "../../../live/web/static/console/team/words/zh-CN.js";

const t = { ...(await fetchWords("zh-CN", SHARED_WORDS)), ...words };
const egg = { id: "egg", title: "土鸡蛋 30 枚", unit: "箱", available: 70, open: true };
const comment = { id: "m-1", user: { name: "张姐" }, text: "要两箱鸡蛋" };
const order = { id: "r-1", offer_id: "egg", quantity: 2, viewer: { name: "张姐" }, state: "reserved" };
const state = { offers: [egg], reservations: [order], confirmations: [comment], prompt: null, session: { state: "running", pinned_offer_id: "egg" } };
const event = (kind, data) => ({ seq: 7, at: "2026-01-07T20:00:00+08:00", kind, data: { by: "小李", ...data } });
const said = (kind, data, booked = []) => deedOf(event(kind, data), state, booked, t)?.words ?? null;

test("what a hand has done is said with whom and what it was about", () => {
  assert.equal(said("comment_accepted", { comment }, [order]), "接受了 张姐 的 2 箱土鸡蛋");
  assert.equal(said("comment_accepted", { comment }), "接受了 张姐 的「要两箱鸡蛋」");
  assert.equal(said("comment_dismissed", { comment }), "忽略了 张姐 的「要两箱鸡蛋」");
  assert.equal(said("offer_pinned", { offer: egg }), "开始讲 土鸡蛋");
  assert.equal(said("offer_restocked", { offer: egg }), "给 土鸡蛋 补了货，剩 70 箱");
  assert.equal(said("prompt_opened", { prompt: { ref_id: "egg" } }), "发起了扣 1 土鸡蛋");
  assert.equal(said("flash_sale_announced", { flash_sale: { offer_id: "egg", price: "29.90" } }), "开了 土鸡蛋 的秒杀，29.90 元");
  assert.equal(said("reservation_changed", { reservation: order }), "把 张姐 的土鸡蛋改成 2 箱");
});

test("what nobody's hand was in, or what only follows from it, is no deed", () => {
  assert.equal(deedOf({ ...event("offer_pinned", { offer: egg }), data: { offer: egg } }, state, [], t), null);
  assert.equal(said("offer_sold_out", { offer: egg }), null);
  assert.equal(said("reservation_made", { reservation: order, comment_id: "m-1" }), null);
});

test("the list has the last thirty, the oldest first", () => {
  const deeds = Array.from({ length: 40 }, (_, seq) => ({ seq })).reduce(withDeed, []);
  assert.deepEqual([deeds.length, deeds[0].seq, deeds.at(-1).seq], [30, 10, 39]);
});

test("whoever comes second finds the deed that has done it, about the same thing", () => {
  const accepted = deedOf(event("comment_accepted", { comment }), state, [], t);
  const pinned = deedOf(event("offer_pinned", { offer: egg }), state, [], t);
  const found = (command) => doneAlready(command, [accepted, pinned]);
  assert.equal(found({ type: "accept_comment", comment_id: "m-1" }), accepted);
  assert.equal(found({ type: "dismiss_comment", comment_id: "m-1" }), accepted);
  assert.deepEqual([didSo({ type: "accept_comment" }, accepted), didSo({ type: "dismiss_comment" }, accepted)], [true, false]);
  assert.equal(found({ type: "accept_comment", comment_id: "m-2" }), null);
  assert.equal(found({ type: "pin_offer", offer_id: "egg" }), null);
  assert.equal(doneAlready({ type: "close_prompt" }, [deedOf(event("prompt_closed", { prompt: { ref_id: "egg" } }), state, [], t)]).by, "小李");
});

test("a wish says what it is about, as far as that is known", () => {
  assert.equal(wishWords({ type: "accept_comment", comment_id: "m-1" }, state, t), "接受 张姐 「要两箱鸡蛋」");
  assert.equal(wishWords({ type: "restock", offer_id: "egg", quantity: 10 }, state, t), "给 土鸡蛋 补 10 箱");
  assert.equal(wishWords({ type: "set_quantity", reservation_id: "r-1", quantity: 3 }, state, t), "把 张姐 的土鸡蛋改成 3 箱");
  assert.equal(wishWords({ type: "reserve", viewer: { name: "李哥" }, offer_id: "egg", quantity: 1 }, state, t), "给 李哥 订 1 箱土鸡蛋");
  assert.equal(wishWords({ type: "drop_faq", faq_id: "f" }, state, t), "一个操作");
});

test("a wish that has come true is no wish any more", () => {
  assert.equal(isSo({ type: "pin_offer", offer_id: "egg" }, state), true);
  assert.equal(isSo({ type: "pin_offer", offer_id: "apple" }, state), false);
  assert.equal(isSo({ type: "close_offer", offer_id: "egg" }, state), false);
  assert.equal(isSo({ type: "accept_comment", comment_id: "m-1" }, state), false);
  assert.equal(isSo({ type: "accept_comment", comment_id: "m-9" }, state), true);
  assert.equal(isSo({ type: "restock", offer_id: "egg", quantity: 1 }, state), false);
});

test("a device is called by its name, or by its role", () => {
  const kept = new Map();
  const store = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  assert.deepEqual([whoIs(store), calledName(null)], [null, "主播"]);
  assert.equal(calledName({ role: "helper", name: "" }), "助理");
  assert.equal(calledName(keepWho({ role: "helper", name: `  小李${"很".repeat(40)}` }, store)), `小李${"很".repeat(18)}`);
  assert.deepEqual(whoIs(store), { role: "helper", name: `小李${"很".repeat(18)}` });
  kept.set("linbo-who", "{broken");
  assert.equal(whoIs(store), null);
});

test("every deed and every wish that has words is one that the service knows", () => {
  const root = new URL("../../../live/", import.meta.url);
  const code = ["domain", "web"].flatMap((folder) => readdirSync(new URL(folder, root)).filter((name) => name.endsWith(".py")).map((name) => readFileSync(new URL(`${folder}/${name}`, root), "utf-8"))).join("\n");
  const unknown = (names) => Object.keys(names).filter((name) => !code.includes(`"${name}"`));
  assert.deepEqual([unknown(t.team.did), unknown(t.team.wishes)], [[], []]);
});
