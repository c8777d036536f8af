import assert from "node:assert/strict";
import { test } from "node:test";
import { restoredWords, sourceTroubles } from "../../../live/web/static/console/troubles.js";
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
  assert.deepEqual(trouble.act, { word: t.orderCode.open, name: "lb-order-code" });
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
