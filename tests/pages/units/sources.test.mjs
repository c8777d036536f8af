import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, linkTrouble, NOBODY_AFTER_MS, nobodyTrouble, restoredWords, serviceTrouble, sourceTroubles } from "../../../live/web/static/console/troubles.js";
import { zhCN as t } from "../../../live/web/static/shared/i18n/zh-CN.js";
import { allUnheard, lastCommentMs, missedBy, unheardSources } from "../../../live/web/static/shared/sources.js";

const at = (seconds) => new Date(Date.parse("2026-01-07T20:00:00+08:00") + seconds * 1000).toISOString();
const oba = { id: "oba-1", name: "oba-live-tool", platform: "douyin", state: "listening", since: at(0), last_comment_at: at(30), per_hour: 120, missed: null };
const silent = { ...oba, state: "silent", since: at(60) };
const room = (...sources) => ({ session: { state: "running" }, sources });

test("a source that is not heard counts while the session runs", () => {
  assert.deepEqual(unheardSources(room(oba, silent)), [silent]);
  assert.deepEqual(unheardSources(room({ ...silent, state: "away" })).length, 1);
  assert.deepEqual(unheardSources({ ...room(silent), session: { state: "ended" } }), []);
  assert.deepEqual(unheardSources({ session: null, sources: [] }), []);
});

test("no comment can arrive when no source is heard, and where there is none nobody knows", () => {
  assert.equal(allUnheard(room(silent)), true);
  assert.equal(allUnheard(room(silent, { ...oba, id: "ws" })), false);
  assert.equal(allUnheard(room()), false);
});

test("a gap may cost more the longer it lasts, and afterwards what the service reckoned", () => {
  assert.equal(missedBy(silent, Date.parse(at(60))), 0);
  assert.equal(missedBy(silent, Date.parse(at(61))), 1);
  assert.equal(missedBy(silent, Date.parse(at(60 + 600))), 20);
  assert.equal(missedBy({ ...oba, missed: 7 }, Date.parse(at(9_000))), 7);
  assert.equal(missedBy(oba, Date.parse(at(9_000))), 0);
});

test("the last comment of a source is the newest that it or its platform brought", () => {
  assert.equal(lastCommentMs({ ...oba, last_comment_at: null }, []), null);
  assert.equal(lastCommentMs(oba, []), Date.parse(at(30)));
  const comments = [{ platform: "douyin", at: at(40) }, { platform: "kuaishou", at: at(50) }];
  assert.equal(lastCommentMs(oba, comments), Date.parse(at(40)));
  assert.equal(lastCommentMs({ ...oba, platform: null }, comments), Date.parse(at(50)));
});

test("a source that is not heard is told with since when, what it may cost, and the way out", () => {
  const [trouble] = sourceTroubles(room(silent), Date.parse(at(660)), t);
  assert.equal(trouble.what, "oba-live-tool没有声音了，可能漏单");
  assert.match(trouble.why, /可能漏了约 20 条评论/u);
  assert.deepEqual(trouble.acts[0], { word: t.orderCode.open, name: "lb-order-code" });
  assert.deepEqual(trouble.acts[1], { word: t.trouble.howTo, name: "lb-guide", detail: { kind: "oba", source: silent } });
  const [quiet] = sourceTroubles(room({ ...silent, state: "away", per_hour: 0 }), Date.parse(at(660)), t);
  assert.match(quiet.what, /断开了/u);
  assert.doesNotMatch(quiet.why, /约/u);
  assert.deepEqual(sourceTroubles(room(oba), Date.parse(at(660)), t), []);
});

test("what a gap may have cost is said when the source is back, and nothing where it cost nothing", () => {
  const back = { ...oba, since: at(180), missed: 4 };
  assert.match(restoredWords(silent, back, t).why, /断了 2:00，可能漏了约 4 条评论/u);
  assert.equal(restoredWords(silent, { ...back, missed: 0 }, t), null);
  assert.equal(restoredWords(undefined, back, t), null);
});

test("an evening that runs for minutes without a source and without a comment is told, and no other", () => {
  const begun = { session: { state: "running", started_at: at(0) }, sources: [], totals: { comments: 0 } };
  const later = Date.parse(at(0)) + NOBODY_AFTER_MS;
  const [trouble] = nobodyTrouble(begun, later + 60_000, t);
  assert.equal(trouble.what, "开播 4 分钟了，一条评论也没收到");
  assert.deepEqual(trouble.acts.map(({ name }) => name), ["lb-order-code", "lb-guide"]);
  assert.deepEqual(nobodyTrouble(begun, later - 1, t), []);
  assert.deepEqual(nobodyTrouble({ ...begun, sources: [oba] }, later, t), []);
  assert.deepEqual(nobodyTrouble({ ...begun, totals: { comments: 1 } }, later, t), [], "somebody brings them, known or not");
  assert.deepEqual(nobodyTrouble({ ...begun, session: { ...begun.session, state: "ended" } }, later, t), []);
});

test("whatever may cost orders has a way out, and what costs none is said calmly", () => {
  const names = ({ acts = [] }) => acts.map(({ name }) => name);
  assert.deepEqual(names(linkTrouble(false, t)), ["lb-order-code", "lb-guide"]);
  assert.deepEqual(names(linkTrouble(true, t)), [], "who is signed out signs in again");
  for (const code of ["store_unavailable", "behind", "new_kind"])
    assert.deepEqual(names(serviceTrouble({ code, detail: "…" }, t)), ["lb-order-code", "lb-guide"]);
  const obs = serviceTrouble({ code: "obs", detail: "…" }, t);
  assert.equal(obs.mild, true);
  assert.deepEqual(names(obs), []);
});

test("a source's id names its kind", () => {
  assert.deepEqual(["oba-1", "barrage_grab-12", "ws", "post", "luoxi"].map(kindOf), ["oba", "barrage_grab", "ws", "post", "luoxi"]);
});
