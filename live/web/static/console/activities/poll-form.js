/** Ask the room: a question, two to six things to choose from, and how long. */
import { h, setAttribute } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { field, keepUsed, lastUsed, lengths, lengthWords, openForm, pickRow, submitButton, textInput } from "./form.js";

const KEY = "poll";
const FEWEST = 2;
const MOST = 6;
const LENGTHS = Object.freeze([60, 120, 180, 300, 600]);

export function openPollForm({ t, run }) {
  const used = lastUsed(KEY, { question: t.act.pollSample, labels: [], seconds: 120 });
  const terms = { ...used, options: startOptions(used.labels) };
  const submit = submitButton();
  const say = () => sayTerms(submit, terms, t);
  const list = h("ol", { class: "options" });
  const add = h("button", { type: "button", class: "button plain", on: { click: () => addOption() } }, icon("plus"), t.act.pollAdd);
  const addOption = () => {
    terms.options.push({ key: nextKey(terms.options), label: "" });
    list.append(optionRow(terms.options.at(-1), say, t));
    list.lastElementChild.querySelector(".label").focus();
    setAttribute(add, "hidden", terms.options.length >= MOST);
    say();
  };
  list.append(...terms.options.map((option) => optionRow(option, say, t)));
  setAttribute(add, "hidden", terms.options.length >= MOST);
  say();
  openForm({
    title: t.act.pollNew,
    body: [
      field(t.act.pollQuestion, textInput(terms.question, (text) => ((terms.question = text), say()))),
      list,
      add,
      pickRow({ label: t.act.length, tiles: lengths(LENGTHS, terms.seconds, t), value: terms.seconds, onPick: (value) => ((terms.seconds = value), say()) }),
    ],
    submit,
    t,
    send: (button, refused) => {
      const options = named(terms.options);
      keepUsed(KEY, { question: terms.question, labels: options.map(({ label }) => label), seconds: terms.seconds });
      return run({ type: "open_poll", question: terms.question, options, seconds: terms.seconds }, button, refused);
    },
  });
}

function startOptions(labels) {
  const options = [...labels, ...Array(Math.max(0, FEWEST - labels.length)).fill("")];
  return options.slice(0, MOST).map((label, i) => ({ key: String(i + 1), label }));
}

function nextKey(options) {
  return String(Math.max(0, ...options.map(({ key }) => Number(key) || 0)) + 1);
}

function named(options) {
  return options.filter(({ label }) => label !== "");
}

function optionRow(option, say, t) {
  const change = (name) => (text) => ((option[name] = text), say());
  const key = textInput(option.key, change("key"), { class: "key number", maxlength: "10", "aria-label": t.act.pollKey });
  const label = textInput(option.label, change("label"), { class: "label", maxlength: "40", placeholder: t.act.pollLabel, "aria-label": fill(t.act.pollLabelOf, option) });
  return h("li", { class: "field" }, key, label);
}

function sayTerms(submit, { question, options, seconds }, t) {
  const given = named(options);
  submit.disabled = question === "" || given.length < FEWEST || given.some(({ key }) => key === "");
  submit.say(t.act.pollGo, submit.disabled ? t.act.pollFix : `${given.map(({ key, label }) => `${key} ${label}`).join("、")} · ${lengthWords(seconds, t)}`);
}
