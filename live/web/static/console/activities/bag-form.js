/** Open a lucky bag: the rules that the law asks for, filled in as they were the last time. */
import "../../shared/stepper/stepper.js";
import { h } from "../../shared/dom.js";
import { yuan } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { asPrice } from "./discounts.js";
import { field, keepUsed, lastUsed, lengths, lengthWords, openForm, pickRow, submitButton, textInput } from "./form.js";

const KEY = "bag";
const FIRST = Object.freeze({ prize: "", value: "", winners: 1, seconds: 120, reserved: false, days: null, hours: 48 });
const WINNERS = Object.freeze([1, 2, 3, 5, 10]);
const LENGTHS = Object.freeze([60, 120, 180, 300, 600]);
const CLAIM_HOURS = Object.freeze([24, 48, 72, 168]);
const DAYS = Object.freeze([null, 7, 30]);
const HOUR_S = 3_600;

/** What the room's last bag was, else what this phone opened last. */
export function lastBag(state, t) {
  const words = { title: t.act.bagTitle, keyword: t.act.bagKeyword, how: t.act.bagHow };
  const last = state.giveaways.at(-1);
  return last ? { ...FIRST, ...words, ...ofRules(last) } : lastUsed(KEY, { ...FIRST, ...words });
}

function ofRules({ rules, opened_at: from, closes_at: to }) {
  const { title, prize, winners, keyword, who, claim } = rules;
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1_000);
  const terms = { title, prize, winners, keyword, value: rules.prize_value, hours: claim.hours, how: claim.how };
  return { ...terms, reserved: who.must_have_reserved, days: who.not_won_within_days, seconds: Math.max(30, seconds) };
}

export function openBagForm({ state, t, run }) {
  const terms = lastBag(state, t);
  const submit = submitButton();
  const say = () => sayTerms(submit, terms, t);
  const set = (name) => (value) => ((terms[name] = value), say());
  const text = (name, more) => field(t.act.bag[name], textInput(terms[name], set(name), more));
  const many = document.createElement("lb-stepper");
  many.addEventListener("lb-change", (event) => set("winners")(event.detail));
  many.show({ value: terms.winners, picks: WINNERS, words: { label: t.act.bag.winners, fewer: t.pick.fewer, more: t.pick.more } });
  const pick = (name, tiles) => pickRow({ label: t.act.bag[name], tiles, value: terms[name], onPick: set(name) });
  say();
  openForm({
    title: t.act.bagNew,
    body: [
      h("div", { class: "two" }, text("prize", { placeholder: t.act.bag.prizeSample }), text("value", { class: "number", inputmode: "decimal", placeholder: "39.90" })),
      h("h3", {}, t.act.bag.winners), many,
      pick("seconds", lengths(LENGTHS, terms.seconds, t)),
      text("keyword", { maxlength: "20" }),
      pick("reserved", [{ value: false, name: t.act.bag.anybody }, { value: true, name: t.act.bag.buyers }]),
      pick("days", DAYS.map((n) => ({ value: n, name: n === null ? t.act.bag.wonToo : fill(t.act.bag.notWithin, { n }) }))),
      pick("hours", lengths(CLAIM_HOURS.map((n) => n * HOUR_S), terms.hours * HOUR_S, t).map(({ value, name }) => ({ value: value / HOUR_S, name }))),
      text("how", { maxlength: "200" }),
      text("title"),
      h("p", { class: "under" }, t.act.bagFrozen),
    ],
    submit,
    t,
    send: (button, refused) => (keepUsed(KEY, terms), run(command(terms), button, refused)),
  });
}

function command(terms) {
  return {
    type: "open_giveaway",
    kind: "lucky_bag",
    title: terms.title,
    prize: terms.prize,
    prize_value: asPrice(terms.value),
    winners: terms.winners,
    keyword: terms.keyword,
    seconds: terms.seconds,
    eligibility: { must_have_reserved: terms.reserved, not_won_within_days: terms.days },
    claim: { hours: terms.hours, how: terms.how },
  };
}

function sayTerms(submit, terms, t) {
  const missing = ["prize", "value", "keyword", "how", "title"].filter((name) => !terms[name] || (name === "value" && asPrice(terms.value) === null));
  const { winners: n, seconds } = terms;
  submit.disabled = missing.length > 0 || n < 1;
  const lacks = fill(t.act.lacks, { fields: missing.map((name) => t.act.bag[name]).join("、") });
  submit.say(t.act.bagGo, missing.length > 0 ? lacks : `${yuan(asPrice(terms.value))} ×${n} · ${fill(t.act.bagAfter, { time: lengthWords(seconds, t) })}`);
}
