/** What every form of an activity is made of: named fields, rows of picks, and a button that says what it will do. */
import "../choice/choice.js";
import { h, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** A label above its input. */
export function field(label, input) {
  return h("label", { class: "field" }, h("span", {}, label), input);
}

/** A text input; `onInput(text)` with every letter. */
export function textInput(value, onInput, more = {}) {
  return h("input", { type: "text", maxlength: "100", autocomplete: "off", value, on: { input: (event) => onInput(event.target.value.trim()) }, ...more });
}

/** One of a few, in one line behind its label: `tiles` are `[{value, name}]`. */
export function pickRow({ label, tiles, value, onPick }) {
  const choice = document.createElement("lb-choice");
  choice.addEventListener("lb-change", (event) => onPick(event.detail));
  choice.show({ label, tiles, value });
  return h("div", { class: "pick-row" }, h("span", { "aria-hidden": "true" }, label), choice);
}

/** Lengths of time as picks; one that was used last and is none of them comes first. */
export function lengths(seconds, value, t) {
  const all = seconds.includes(value) ? seconds : [value, ...seconds];
  return all.map((each) => ({ value: each, name: lengthWords(each, t) }));
}

/** 30 → "30 秒", 120 → "2 分", 172800 → "2 天". */
export function lengthWords(seconds, t) {
  if (seconds % (24 * HOUR_S) === 0) return fill(t.act.days, { n: seconds / 24 / HOUR_S });
  if (seconds % HOUR_S === 0) return fill(t.act.hours, { n: seconds / HOUR_S });
  if (seconds % MINUTE_S === 0) return fill(t.act.minutes, { n: seconds / MINUTE_S });
  return fill(t.act.seconds, { n: seconds });
}

/** The button of a form: what it does, and below it the terms. */
export function submitButton(meaning = "primary") {
  const what = h("span");
  const terms = h("span", { class: "terms number" });
  const button = h("button", { type: "button", class: `button ${meaning} wide submit` }, h("span", { class: "lines" }, what, terms));
  button.say = (whatWords, termWords) => (setText(what, whatWords), setText(terms, termWords));
  return button;
}

/** Open a form; `send(button, onRefused)` resolves to whether it was done, and then the form closes. A refusal stays beside the thumb. */
export function openForm({ title, body, submit, t, send }) {
  const fault = refusalLine();
  openSheet({
    title,
    body,
    buttons: (close) => {
      submit.addEventListener("click", async () => (fault.clear(), (await send(submit, fault.say)) && close()));
      return [fault, h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), submit];
    },
  });
}

/** Where a refusal is said in an open sheet, which covers the page's own line: `say({what, why, todo})`, `clear()`. */
export function refusalLine() {
  const line = h("p", { class: "refusal", role: "alert" });
  line.say = ({ what, why, todo }) => setText(line, [`${what}：${why}`, todo].filter(Boolean).join("\n"));
  line.clear = () => setText(line, "");
  return line;
}

/** Ask once more, in another place, before what cannot be taken back; `onYes()`. */
export function askTwice({ title, body, yes, t, onYes, more = [], kind = "danger" }) {
  openSheet({
    title,
    body: [...body.map((line) => h("p", {}, line)), ...more],
    buttons: (close) => [
      h("button", { type: "button", class: `button ${kind}`, on: { click: () => (close(), onYes()) } }, yes),
      h("button", { type: "button", class: "button plain wide", on: { click: close } }, t.pick.back),
    ],
  });
}

/** What this phone used last, or `first`. */
export function lastUsed(key, first) {
  try {
    return { ...first, ...JSON.parse(localStorage.getItem(`linbo-${key}`) ?? "{}") };
  } catch {
    return { ...first }; // somebody else's words under our key
  }
}

export function keepUsed(key, value) {
  localStorage.setItem(`linbo-${key}`, JSON.stringify(value));
}

/** Show or hide several at once. */
export function hide(hidden, ...nodes) {
  for (const node of nodes) setAttribute(node, "hidden", hidden);
}
