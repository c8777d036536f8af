/** The sheet of the order: what it is, who for, where to; and then what came of it. */
import { idempotencyKey, post } from "../shared/commands.js";
import { h, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { openSheet } from "../shared/sheet/sheet.js";
import { lineTotal } from "../shared/format.js";
import { spaced } from "../viewer/code.js";
import { withLanguage } from "../viewer/page.js";
import { chosenPoint, pointChoice } from "../viewer/points.js";
import { asRefusal, refusalBox, showRefusal } from "../viewer/refusal.js";
import { linesOf, orderLines, summary, willWait } from "./cart.js";
import { recall, remember } from "./memory.js";

const NAME = "name";
const TAIL = /^\d{4}$/u;

/** Where nobody knows whether the order was taken, it must be the same order when it is sent again. */
const MAYBE_TAKEN = Object.freeze(new Set(["unreachable", "store_unavailable", "internal_error"]));

/** The order that was sent last, with its key: what is sent again unchanged is the same order. */
const last = { body: null, key: null };

function keyOf(body) {
  const said = JSON.stringify(body);
  if (last.body !== said) Object.assign(last, { body: said, key: idempotencyKey() });
  return last.key;
}

/** Open the sheet for a cart. `onDone(answer)` when the order was taken; `onRefused(refused)` when it was not. */
export function openOrder({ shop, mine, cart, t, onDone, onRefused }) {
  const form = formOf({ shop, mine, cart, t });
  const { pieces, amount } = summary(shop, cart);
  const submit = h("button", { type: "button", class: "button order wide" }, h("span", {}, fill(t.order.submit, { n: pieces, amount })));
  const buttons = (close) => [h("button", { type: "button", class: "button plain", on: { click: close } }, t.order.back), submit];
  const close = openSheet({ title: t.order.title, body: form.body, buttons });
  submit.addEventListener("click", async () => {
    const body = form.read({ shop, mine, cart });
    if (body === null || submit.getAttribute("aria-busy") === "true") return;
    setAttribute(submit, "aria-busy", "true");
    showRefusal(form.refusal, null);
    try {
      const answer = await post(`api/v1/shops/${shop.session.room}/orders`, body, t.errors, keyOf(body));
      Object.assign(last, { body: null, key: null });
      remember(NAME, body.name);
      close();
      onDone(answer);
      openDone(answer.mine, body.lines, t);
    } catch (error) {
      const refused = asRefusal(error, t.errors);
      if (!MAYBE_TAKEN.has(refused.code)) last.key = last.body = null;
      showRefusal(form.refusal, refused);
      onRefused(refused);
    } finally {
      setAttribute(submit, "aria-busy", null);
    }
  });
}

function formOf({ shop, mine, cart, t }) {
  const points = shop.cycle.pickup_points;
  const name = h("input", { type: "text", autocomplete: "nickname", maxlength: "20", placeholder: t.order.nameSample, value: recall(NAME) });
  const tail = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "4", placeholder: t.order.tailSample });
  const fault = h("p", { class: "fault", role: "alert" });
  const refusal = refusalBox();
  const choice = points.length > 1 ? pointChoice(points, mine?.point_id ?? points[0].id, t.order.point) : null;
  const body = [
    linesNode(shop, cart, t),
    h("label", { class: "field" }, h("span", {}, t.order.name), name),
    choice ?? onlyPoint(points, t),
    mine?.has_phone_tail ? null : h("label", { class: "field" }, h("span", {}, t.order.tail), tail),
    fault,
    refusal,
    h("p", { class: "quiet" }, t.order.free),
  ].filter(Boolean);
  const read = (seen) => {
    const said = { name: name.value.trim(), tail: tail.value.trim() };
    const wrong = said.name === "" ? [name, t.order.faults.name] : said.tail !== "" && !TAIL.test(said.tail) ? [tail, t.order.faults.tail] : null;
    setText(fault, wrong?.[1] ?? "");
    wrong?.[0].focus();
    return wrong === null ? orderOf(seen, said, chosenPoint(choice)) : null;
  };
  return { body, refusal, read };
}

function orderOf({ shop, mine, cart }, { name, tail }, point) {
  return {
    session_id: shop.session.id,
    name,
    lines: orderLines(shop, mine, cart),
    ...(point === null ? {} : { pickup_point_id: point }),
    ...(tail === "" ? {} : { phone_tail: tail }),
  };
}

function linesNode(shop, cart, t) {
  const rows = linesOf(shop, cart).map(({ offer, kind, extra }) => {
    const waits = willWait(kind, offer, cart);
    const title = kind.variant === null ? offer.title : `${offer.title} ${kind.variant.name}`;
    const note = waits === 0 ? null : h("small", { class: "waits" }, waits === extra ? t.offer.allWaits : fill(t.offer.willWait, { n: waits, unit: offer.unit }));
    return h("li", {},
      h("span", {}, fill(t.order.line, { title, n: extra, unit: offer.unit }), note),
      h("span", { class: "number" }, `¥${lineTotal(offer.price, extra)}`));
  });
  return h("ul", { class: "sum" }, ...rows);
}

function onlyPoint(points, t) {
  if (points.length === 0) return null;
  const [point] = points;
  return h("p", { class: "only-point" }, h("span", { class: "quiet" }, t.order.onlyPoint), h("strong", {}, point.name), point.address ? h("small", {}, point.address) : null);
}

/** What came of it: what is promised, what waits, and the code. */
function openDone(mine, ordered, t) {
  const lines = mine.lines.filter((line) => line.state === "open" && ordered.some((each) => each.offer_id === line.offer_id && each.variant_id === line.variant_id));
  const waits = lines.some((line) => line.waiting > 0);
  const holds = lines.some((line) => line.quantity > 0);
  const title = !waits ? t.done.reserved : holds ? t.done.partly : t.done.waiting;
  const link = h("a", { class: "button order wide", href: withLanguage(`../r/${mine.code}`) }, t.done.open);
  openSheet({
    title,
    body: [
      h("ul", { class: "results" }, ...lines.map((line) => h("li", { "data-waits": line.waiting > 0 }, resultOf(line, t)))),
      h("p", { class: "big-code" }, h("span", { class: "quiet" }, t.done.code), h("strong", { class: "number" }, spaced(mine.code))),
      h("p", { class: "quiet" }, t.done.keep),
    ],
    buttons: (close) => [h("button", { type: "button", class: "button plain", on: { click: close } }, t.done.more), link],
  });
}

function resultOf(line, t) {
  const words = line.waiting === 0 ? t.done.line : line.quantity === 0 ? t.done.lineWaits : t.done.lineBoth;
  const title = [line.title, line.variant].filter(Boolean).join(" ");
  return fill(words, { title, n: line.quantity, w: line.waiting, place: line.place, unit: line.unit });
}
