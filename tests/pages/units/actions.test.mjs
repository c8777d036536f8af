import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, meaningOf, whatToChoose } from "../../../live/web/static/console/actions.js";
import { THINGS } from "../../../live/web/static/console/things.js";
import { serviceTrouble } from "../../../live/web/static/console/troubles.js";
import { problem } from "../../../live/web/static/shared/commands.js";
import { CONSOLE_WORDS } from "../../../live/web/static/console/words/index.js";
import { fetchWords, SHARED_WORDS } from "../../../live/web/static/shared/i18n/fetch.js";

const t = await fetchWords("zh-CN", SHARED_WORDS, CONSOLE_WORDS, THINGS["start-form"].words);

const egg = { id: "egg", title: "土鸡蛋 30 枚", unit: "箱", variants: [{ id: "l", name: "大号" }] };
const tofu = { id: "tofu", title: "石磨豆腐", unit: "块", variants: [{ id: "soft", name: "嫩" }, { id: "firm", name: "老" }] };
const state = { offers: [egg, tofu] };
const action = (more) => ({ op: "set", offer: "egg", variant: null, quantity: 2, ...more });
const said = (intent, ...actions) => inWords(actions, intent, state, t);

test("a button says what its tap will do", () => {
  assert.equal(said("buy", action()), "订 土鸡蛋 ×2 箱");
  assert.equal(said("change", action({ quantity: 3 })), "改成 土鸡蛋 ×3 箱");
  assert.equal(said("change", action({ op: "add", quantity: 1 })), "加 土鸡蛋 ×1 箱");
  assert.equal(said("cancel", action({ op: "cancel", quantity: null })), "退订 土鸡蛋");
  assert.equal(said("buy", action({ variant: "l" }), action({ quantity: 1 })), "订 土鸡蛋 大号 ×2 箱 + 订 土鸡蛋 ×1 箱");
});

test("what is not known must be chosen first", () => {
  const choose = (...actions) => whatToChoose(actions, "buy", state, t);
  assert.equal(choose(action()), null);
  assert.equal(choose(), t.pick.both);
  assert.equal(choose(action({ quantity: null })), t.pick.quantity);
  assert.equal(choose(action({ offer: null })), t.pick.offer);
  assert.equal(choose(action({ offer: "gone" })), t.pick.offer);
  assert.equal(choose(action({ offer: null, quantity: null })), t.pick.both);
  assert.equal(choose(action({ op: "cancel", offer: null, quantity: null })), t.pick.cancelOffer);
  assert.equal(choose(action({ op: "cancel", quantity: null })), null);
});

test("what comes in several kinds needs its kind, unless it is given back", () => {
  const choose = (more) => whatToChoose([action({ offer: "tofu", ...more })], "buy", state, t);
  assert.equal(choose(), t.pick.whichVariant);
  assert.equal(choose({ quantity: null }), t.pick.quantity);
  assert.equal(choose({ variant: "soft" }), null);
  assert.equal(choose({ op: "cancel" }), null);
  assert.equal(choose({ op: "reduce" }), null);
});

test("the four meanings are told apart", () => {
  const meaning = (intent, outcome = "none") => meaningOf({ intent, outcome });
  assert.deepEqual(["buy", "change", "cancel", "question", "complaint", "chat", "praise"].map((intent) => meaning(intent)), ["order", "order", "order", "question", "trouble", "other", "other"]);
  assert.equal(meaning("buy", "needs_confirmation"), "confirm");
  assert.equal(meaning("buy", "accepted"), "order");
});

test("a problem says what, why and what to do", () => {
  const body = { code: "validation", title: "填写有误", detail: "有 1 处要改", errors: [{ field: "offers[0].price", message: "价格写成 39.90" }] };
  assert.deepEqual(problem(422, body, t.errors), {
    code: "validation",
    what: t.errors.byStatus[422].what,
    why: "有 1 处要改\noffers[0].price：价格写成 39.90",
    todo: t.errors.byStatus[422].todo,
  });
  assert.equal(problem(500, {}, t.errors).what, t.errors.other.what);
});

test("trouble that is not known by its code still says the way out", () => {
  const { what, why, todo } = serviceTrouble({ code: "new_kind", detail: "磁盘慢" }, t);
  assert.deepEqual({ what, why, todo }, { what: t.trouble.orders, why: "磁盘慢", todo: t.trouble.todo });
});
