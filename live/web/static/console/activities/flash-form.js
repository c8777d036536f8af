/** Set up a flash deal: three taps with the prices and lengths that are proposed, each of them to be changed. */
import "../../shared/stepper/stepper.js";
import { h, setText } from "../../shared/dom.js";
import { yuan } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { offersInOrder, pinnedOffer, shortTitle } from "../../shared/select.js";
import { flashOf } from "../stage.js";
import { asPrice, discounts } from "./discounts.js";
import { field, keepUsed, lastUsed, lengths, lengthWords, openForm, pickRow, submitButton, textInput } from "./form.js";

const KEY = "flash";
const FIRST = Object.freeze({ limit: 1, countdown: 10, seconds: 120 });
const FIRST_UNITS = 10;
const UNITS = Object.freeze([5, 10, 20, 50]);
const LIMITS = Object.freeze([1, 2, 3, null]);
const COUNTDOWNS = Object.freeze([10, 30, 60, 180, 300]);
const LENGTHS = Object.freeze([60, 120, 180, 300, 600]);

/** The offers that a deal can be made of: something is left, and none runs. */
export function flashable(state) {
  return offersInOrder(state).filter((offer) => offer.available > 0 && offer.state !== "failed" && !flashOf(state, offer.id));
}

/** Open the form for `offer`; without one it is chosen first, the one being shown proposed. */
export function openFlashForm({ offer, state, t, run }) {
  const choices = flashable(state);
  const start = offer ?? choices.find(({ id }) => id === pinnedOffer(state)?.id) ?? choices[0] ?? null;
  const used = lastUsed(KEY, FIRST);
  const submit = submitButton();
  const terms = { ...used, ...termsOf(start) };
  const own = h("div", { class: "form-part" });
  const say = () => sayTerms(submit, terms, t);
  const choose = (chosen) => {
    Object.assign(terms, termsOf(chosen));
    own.replaceChildren(...ownFields(terms, say, t));
    say();
  };
  const set = (name) => (value) => ((terms[name] = value), say());
  const tiles = choices.map((each) => ({ value: each.id, name: shortTitle(each), note: yuan(each.price) }));
  const which = pickRow({ label: t.act.which, tiles, value: start?.id, onPick: (id) => choose(choices.find((each) => each.id === id)) });
  choose(start);
  openForm({
    title: offer ? `${t.stage.flash} · ${shortTitle(offer)}` : t.stage.flash,
    body: start === null ? [h("p", {}, t.act.noneLeft)] : [
      offer ? null : which,
      own,
      pickRow({ label: t.act.limit, tiles: LIMITS.map((n) => ({ value: n, name: n === null ? t.act.noLimit : String(n) })), value: terms.limit, onPick: set("limit") }),
      pickRow({ label: t.act.countdown, tiles: lengths(COUNTDOWNS, terms.countdown, t), value: terms.countdown, onPick: set("countdown") }),
      pickRow({ label: t.act.length, tiles: lengths(LENGTHS, terms.seconds, t), value: terms.seconds, onPick: set("seconds") }),
    ].filter(Boolean),
    submit,
    t,
    send: (button, refused) => {
      keepUsed(KEY, { limit: terms.limit, countdown: terms.countdown, seconds: terms.seconds });
      return run(command(terms), button, refused);
    },
  });
}

function termsOf(offer) {
  if (offer === null) return { offer, price: null, quota: 0 };
  return { offer, price: discounts(offer.price)[0]?.[1] ?? offer.price, quota: Math.min(FIRST_UNITS, offer.available) };
}

function command({ offer, price, quota, limit, countdown, seconds }) {
  const wanted = { type: "start_flash_sale", offer_id: offer.id, price, quota, seconds, countdown_seconds: countdown };
  return limit === null ? wanted : { ...wanted, per_viewer_limit: limit };
}

/** Price and number: they belong to the offer. */
function ownFields(terms, say, t) {
  const { offer } = terms;
  if (offer === null) return [];
  const tiles = discounts(offer.price).map(([n, price]) => ({ value: price, name: fill(t.act.off, { n }), note: price }));
  const set = (price) => ((terms.price = price), say());
  const input = textInput(terms.price, (text) => (set(asPrice(text)), picks.lastChild.mark(terms.price)), { class: "price number", inputmode: "decimal" });
  const picks = pickRow({ label: t.act.off0, tiles, value: terms.price, onPick: (price) => ((input.value = price), set(price)) });
  const stepper = document.createElement("lb-stepper");
  const label = fill(t.act.units, { unit: offer.unit, n: offer.available });
  stepper.addEventListener("lb-change", (event) => ((terms.quota = event.detail), say()));
  stepper.show({ value: terms.quota, picks: UNITS.filter((n) => n <= offer.available), words: { label, fewer: t.pick.fewer, more: t.pick.more } });
  return [field(fill(t.act.price, { unit: offer.unit, price: yuan(offer.price) }), input), picks, h("h3", {}, label), stepper];
}

function sayTerms(submit, { offer, price, quota, countdown, seconds }, t) {
  submit.disabled = offer === null || price === null || quota < 1;
  const what = fill(t.act.flashGo, { time: lengthWords(countdown, t) });
  submit.say(what, submit.disabled ? t.act.flashFix : `${yuan(price)} · ${quota} ${offer.unit} · ${lengthWords(seconds, t)}`);
}
