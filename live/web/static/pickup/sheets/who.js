/** Who somebody is: their identities, taken apart, or joined with one more. A name alone never joins anybody. */
import { h, setAttribute } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { ask } from "./ask.js";
import { joinable } from "./join.js";

/** `others()`: everybody else at the counter now; `onJoin(other)`, `onSplit(key, name)`. */
export function askWho({ customer, others, t, onJoin, onSplit }) {
  const words = t.pickup.who;
  let close = () => {};
  const split = (key, name) => (close(), ask({ title: fill(words.splitTitle, { name }), body: words.splitBody, yes: words.split, no: words.back, kind: "danger", onDone: () => onSplit(key, name) }));
  const join = (other) => (close(), ask({ title: fill(words.joinTitle, { one: customer.name, other: other.name }), body: words.joinBody, yes: words.joinYes, no: words.back, kind: "order", onDone: () => onJoin(other) }));
  close = openSheet({
    title: fill(words.title, customer),
    body: [identities(customer, t, split), h("p", {}, words.body), ...finder({ others, t, join })],
    buttons: (shut) => [h("button", { type: "button", class: "button plain wide", on: { click: shut } }, words.back)],
  });
}

function identities(customer, t, split) {
  const words = t.pickup.who;
  const rows = customer.keys.map((key) => ({ key, name: nameOf(customer, key) ?? words.elsewhere }));
  const button = ({ key, name }) => h("button", { type: "button", class: "button plain", on: { click: () => split(key, name) } }, words.split);
  const row = (each) => h("li", {}, h("span", { class: "clip" }, each.name), h("span", { class: "clip from" }, platformOf(each.key, t)), rows.length > 1 ? button(each) : null);
  return h("section", { class: "who" }, h("h3", {}, rows.length > 1 ? words.one : words.alone), h("ul", {}, ...rows.map(row)));
}

/** Where somebody came from, by their key: "kuaishou/id/u-1" → 快手. */
function platformOf(key, t) {
  const [platform] = key.split("/");
  return t.pickup.platforms[platform] ?? platform;
}

function nameOf(customer, key) {
  return customer.held.find((held) => held.viewer.key === key)?.viewer.name;
}

function finder({ others, t, join }) {
  const words = t.pickup.who;
  const list = h("ul", { class: "who found" });
  const note = h("p", { class: "sheet-note", role: "status" });
  const show = (text) => {
    const { fit, weak } = joinable(others(), text);
    list.replaceChildren(...fit.map((other) => row(other, t, join)));
    note.textContent = weak ? words.weakNote : fit.length === 0 && text.trim() !== "" ? words.none : "";
    setAttribute(note, "hidden", note.textContent === "");
  };
  const field = h("input", { type: "search", autocomplete: "off", autocapitalize: "off", on: { input: () => show(field.value) } });
  show("");
  return [h("label", { class: "field" }, h("span", {}, words.find), field), list, note];
}

function row(other, t, join) {
  const words = t.pickup;
  const facts = [fill(words.row.number, { n: other.line }), other.tail ? fill(words.row.tail, other) : null, platformOf(other.keys[0], t)];
  return h("li", {}, h("span", { class: "clip" }, other.name), h("span", { class: "clip from" }, facts.filter(Boolean).join(" · ")),
    h("button", { type: "button", class: "button order", on: { click: () => join(other) } }, words.who.join));
}
