/** What needs a second tap in another place: goods that have arrived, somebody who did not come. */
import { h } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";

/** Ask whether all goods of an arrival are here; `onDone()`. */
export function askArrived({ arrival, t, onDone }) {
  const words = t.pickup.arrive;
  const point = arrival.name || words.anywhere;
  ask({
    title: fill(words.title, { point }),
    body: fill(words.body, { people: arrival.people.size, lines: arrival.lines }),
    yes: words.yes,
    no: t.pick.back,
    kind: "order",
    onDone,
  });
}

/** Ask whether somebody did not come; `onDone()`. */
export function askNoShow({ customer, t, onDone }) {
  const words = t.pickup.noShow;
  const n = customer.reservations.filter(({ state }) => state === "ready").length;
  ask({ title: fill(words.title, customer), body: fill(words.body, { n }), yes: words.yes, no: words.no, kind: "danger", onDone });
}

/** One question; the way back is the wide button, the step itself stands where nobody taps twice. */
export function ask({ title, body, yes, no, kind, onDone }) {
  openSheet({
    title,
    body: [h("p", {}, body)],
    buttons: (close) => [
      h("button", { type: "button", class: `button ${kind}`, on: { click: () => (close(), onDone()) } }, yes),
      h("button", { type: "button", class: "button plain wide", on: { click: close } }, no),
    ],
  });
}
