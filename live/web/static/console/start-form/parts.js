/** What the form is made of: a field with the faults at it, and times to be chosen with one tap. */
import { h, setAttribute, setText } from "../../shared/dom.js";
import { timeWords } from "./times.js";

/** A label above its input, and below it what is wrong with it: `node`, `input`, `faults(list)`. */
export function field(name, label, input) {
  const fault = h("p", { class: "fault", id: `start-${name}-fault` });
  setAttribute(input, "aria-describedby", fault.id);
  const node = h("div", { class: "placed" }, h("label", { class: "field" }, h("span", {}, label), input), fault);
  return { node, input, faults: (list) => (setText(fault, list.join("\n")), setAttribute(input, "aria-invalid", list.length > 0 ? "true" : null)) };
}

/** One tap a time; `choices(list)` shows others, `mark(value)` the one that is chosen. */
export function timePicks(label, words, onPick) {
  const group = h("div", { class: "picks", role: "group", "aria-label": label });
  const choices = (list) => {
    if (group.dataset.shown === list.join()) return;
    group.dataset.shown = list.join();
    group.replaceChildren(...list.map((value) => h("button", { type: "button", class: "button plain number", "data-value": value, on: { click: () => onPick(value) } }, timeWords(value, new Date(), words))));
  };
  const mark = (value) => {
    for (const button of group.children) setAttribute(button, "aria-pressed", String(button.dataset.value === value));
  };
  return { group, choices, mark };
}

/** The shop's rules, folded away: `node`, `show(policy)`, `read()` gives null while nobody has changed one. */
export function policyFields(words, onChange) {
  const repeat = h("select", {}, ...["replace", "add", "ignore", "ask"].map((value) => h("option", { value }, words.repeats[value])));
  const cancel = h("input", { type: "checkbox" });
  const number = (placeholder) => h("input", { type: "text", inputmode: "numeric", maxlength: "6", placeholder });
  const inputs = { max_auto_quantity: number(""), hold_minutes: number(words.never), max_no_shows: number(words.never), bag_points: number("") };
  const label = (name, input) => h("label", { class: "field" }, h("span", {}, words[name]), input);
  const node = h(
    "details",
    { class: "policy" },
    h("summary", {}, words.name),
    label("repeat", repeat),
    h("label", { class: "tick" }, cancel, h("span", {}, words.cancel_by_comment)),
    ...Object.entries(inputs).map(([name, input]) => label(name, input)),
  );
  node.addEventListener("change", onChange);
  const show = (policy) => {
    const { repeat: again = "replace", cancel_by_comment: back = true, ...rest } = policy ?? {};
    repeat.value = again;
    cancel.checked = back;
    for (const [name, input] of Object.entries(inputs)) input.value = rest[name] ?? DEFAULTS[name] ?? "";
  };
  const read = () => ({
    repeat: repeat.value,
    cancel_by_comment: cancel.checked,
    ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, /^\d+$/u.test(input.value.trim()) ? Number(input.value) : (DEFAULTS[name] ?? null)])),
  });
  return { node, show, read };
}

const DEFAULTS = Object.freeze({ max_auto_quantity: 20, bag_points: 1 });
