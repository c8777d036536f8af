import assert from "node:assert/strict";
import { test } from "node:test";
import { nextOffer, placeInScript } from "../../../live/web/static/console/offer-board/next.js";

const offers = ["egg", "apple", "tofu", "noodle"].map((id, i) => ({ id, number: i + 1, state: "open" }));
const room = (pinned, ids = null, held = offers) => ({
  offers: held,
  session: { state: "running", pinned_offer_id: pinned, script: ids && { sections: ids.map((id) => ({ offer_id: id, minutes: id === "tofu" ? 3 : null })) } },
});
const next = (state, before = -1) => nextOffer(state, placeInScript(state, before))?.offer.id ?? null;
const but = (id, state) => offers.map((offer) => (offer.id === id ? { ...offer, state } : offer));

test("without a script the next on sale by number follows, after the last the first", () => {
  assert.equal(next(room("egg")), "apple");
  assert.equal(next(room("noodle")), "egg");
  assert.equal(next(room(null)), "egg");
  assert.equal(next(room("egg", null, but("apple", "sold_out"))), "tofu");
  assert.equal(next(room("egg", null, [offers[0]])), null);
  assert.equal(next(room(null, null, [])), null);
});

test("a script has its own order, and says how long", () => {
  const state = room("egg", [null, "egg", null, "tofu", "apple"]);
  assert.equal(next(state), "tofu");
  assert.equal(nextOffer(state, 0).minutes, 3);
  assert.equal(next(room("apple", ["egg", "tofu", "apple"])), null);
});

test("what is sold out, closed or gone is passed over, what is not yet on sale is not", () => {
  assert.equal(next(room("egg", ["egg", "tofu", "apple"], but("tofu", "sold_out"))), "apple");
  assert.equal(next(room("egg", ["egg", "tofu", "apple"], but("tofu", "closed"))), "apple");
  assert.equal(next(room("egg", ["egg", "pear", "apple"])), "apple");
  assert.equal(next(room("egg", ["egg", "tofu"], but("tofu", "listed"))), "tofu");
});

test("an offer that comes twice goes on from where it stood", () => {
  const script = ["egg", "apple", "egg", "tofu"];
  assert.equal(next(room("egg", script)), "apple");
  const second = placeInScript(room("apple", script), 0);
  const third = placeInScript(room("egg", script), second);
  assert.equal(third, 2);
  assert.equal(placeInScript(room("egg", script), third), third);
  assert.equal(nextOffer(room("egg", script), third).offer.id, "tofu");
});

test("an offer that is not in the script leaves the place where it was", () => {
  const script = ["egg", "apple", "tofu"];
  assert.equal(nextOffer(room("noodle", script), placeInScript(room("noodle", script), 1)).offer.id, "tofu");
  assert.equal(next(room("noodle", script)), "egg");
});

test("a script that is none changes nothing", () => {
  for (const script of [null, {}, { sections: "egg" }, { sections: [null, 7, { offer_id: 3 }] }]) {
    assert.equal(next({ ...room("egg"), session: { ...room("egg").session, script } }), "apple");
  }
});
