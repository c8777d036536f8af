/** The sheets of the page: each asks for one thing, sends it, and says where it was tapped why it could not be done. */
import "../shared/stepper/stepper.js";
import { h, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { openSheet } from "../shared/sheet/sheet.js";
import { chosenPoint, pointChoice } from "../viewer/points.js";
import { asRefusal, refusalBox, showRefusal } from "../viewer/refusal.js";

const TAIL = /^\d{4}$/u;
const PICKS = Object.freeze([1, 2, 3, 5]);

/** A sheet whose main button sends what `read()` gives (null: not yet), stays busy meanwhile and closes when it is done. */
function sending({ title, body, back, go, kind = "order", read, send, t }) {
  const refusal = refusalBox();
  const label = h("span", {}, go);
  const button = h("button", { type: "button", class: `button ${kind} wide` }, label);
  const buttons = (close) => [h("button", { type: "button", class: "button plain", on: { click: close } }, back), button];
  const close = openSheet({ title, body: [...body, refusal], buttons });
  button.addEventListener("click", async () => {
    const value = read();
    if (value === null || button.getAttribute("aria-busy") === "true") return;
    setAttribute(button, "aria-busy", "true");
    showRefusal(refusal, null);
    try {
      await send(value);
      close();
    } catch (error) {
      showRefusal(refusal, asRefusal(error, t.errors));
    } finally {
      setAttribute(button, "aria-busy", null);
    }
  });
  return { label, button };
}

/** How many of a line one may have in all: the limit counts all kinds of an offer together. */
export function mostOf(line) {
  const others = line.part.lines.filter((each) => each.state === "open" && each.offer_id === line.offer_id && each.variant_id !== line.variant_id);
  const taken = others.reduce((sum, each) => sum + each.quantity + each.waiting, 0);
  return Math.max(0, Math.min(line.limit ?? Infinity, line.part.most) - taken);
}

export function openChange({ line, send, t }) {
  const has = line.quantity + line.waiting;
  const most = Math.max(has, mostOf(line));
  const stepper = h("lb-stepper");
  const note = h("p", { class: "quiet" });
  const name = [line.title, line.variant].filter(Boolean).join(" · ");
  const words = { label: fill(t.change.howMany, { unit: line.unit }), fewer: fill(t.count.fewer, { unit: line.unit, goods: name }), more: fill(t.count.more, { unit: line.unit, goods: name }) };
  const { label, button } = sending({
    title: t.change.title,
    body: [h("p", {}, h("strong", {}, name), " ", fill(t.line.price, { price: line.price, unit: line.unit })), stepper, note],
    back: t.change.back,
    go: "",
    read: () => (stepper.value === has || stepper.value > most || stepper.value < 1 ? null : stepper.value),
    send: (quantity) => send({ type: "change_line", offer_id: line.offer_id, variant_id: line.variant_id, quantity, seen: has }),
    t,
  });
  stepper.addEventListener("lb-change", ({ detail: n }) => {
    const soldOut = line.offer_state === "sold_out" && n > has;
    setText(label, n === has ? t.change.same : fill(t.change.to, { n, unit: line.unit }));
    setText(note, n > most ? fill(t.change.most, { n: most, unit: line.unit }) : soldOut ? t.change.soldOut : "");
    button.disabled = n === has || n > most || n < 1;
  });
  stepper.show({ value: has, picks: PICKS.filter((n) => n <= most), words });
}

export function openCancel({ line, send, t }) {
  const goods = [line.title, line.variant].filter(Boolean).join(" · ");
  sending({
    title: fill(t.change.cancelTitle, { goods }),
    body: [h("p", {}, t.change.cancelAsk)],
    back: t.change.no,
    go: t.change.yes,
    kind: "danger",
    read: () => 0,
    send: (quantity) => send({ type: "change_line", offer_id: line.offer_id, variant_id: line.variant_id, quantity, seen: line.quantity + line.waiting }),
    t,
  });
}

export function openPoint({ part, send, t }) {
  const choice = pointChoice(part.cycle.pickup_points, part.point_id, t.pickup.choose);
  sending({
    title: t.pickup.change,
    body: [choice],
    back: t.change.back,
    go: t.pickup.confirm,
    read: () => chosenPoint(choice),
    send: (id) => send({ type: "set_basket", pickup_point_id: id }),
    t,
  });
}

export function openTail({ part, send, t }) {
  const { label, field, fault } = tailField(t);
  sending({
    title: part.has_phone_tail ? t.about.renew : t.about.leave,
    body: [label, fault],
    back: t.change.back,
    go: t.about.save,
    read: () => readTail(field, fault, t.order.faults.tail),
    send: (tail) => send({ type: "set_basket", phone_tail: tail }),
    t,
  });
}

export function openJoin({ join, t }) {
  const code = h("input", { type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "40", placeholder: t.code.sample });
  const { label, field, fault } = tailField(t);
  sending({
    title: t.join.title,
    body: [h("p", { class: "quiet" }, t.join.why), h("label", { class: "field" }, h("span", {}, t.join.code), code), label, fault],
    back: t.change.back,
    go: t.join.go,
    read: () => {
      const tail = readTail(field, fault, t.join.faults.tail);
      return tail === null ? null : { code: code.value, phone_tail: tail };
    },
    send: join,
    t,
  });
}

function tailField(t) {
  const field = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "4", placeholder: t.order.tailSample });
  return { field, label: h("label", { class: "field" }, h("span", {}, t.about.tail), field), fault: h("p", { class: "fault", role: "alert" }) };
}

function readTail(field, fault, words) {
  const tail = field.value.trim();
  setText(fault, TAIL.test(tail) ? "" : words);
  if (TAIL.test(tail)) return tail;
  field.focus();
  return null;
}
