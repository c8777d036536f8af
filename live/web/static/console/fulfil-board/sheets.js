/** What is asked before a step that cannot be taken back, or that needs a word: the cut-off, another pickup time, a complaint. */
import "../choice/choice.js";
import { h, setText } from "../../shared/dom.js";
import { localInput, withOffset } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";

/** Ask whether to cut off now; `onDone()`. */
export function askCutOff({ summary, t, onDone }) {
  const { reservations, offers } = summary;
  const lost = offers.filter((offer) => offer.missing_to_minimum > 0 && offer.reserved > 0);
  const lines = [
    fill(t.fulfil.cutBody, { n: reservations.reserved }),
    ...(reservations.waitlisted > 0 ? [fill(t.fulfil.cutWaiting, { n: reservations.waitlisted })] : []),
    ...lost.map((offer) => fill(t.fulfil.cutFails, offer)),
  ];
  openSheet({
    title: t.fulfil.cutTitle,
    body: lines.map((line) => h("p", {}, line)),
    buttons: (close) => [
      h("button", { type: "button", class: "button danger", on: { click: () => (close(), onDone()) } }, t.fulfil.cut),
      h("button", { type: "button", class: "button plain wide", on: { click: close } }, t.pick.back),
    ],
  });
}

/** Ask for another pickup time and why; `onDone({pickup_at, notice})`. */
export function askMove({ summary, t, onDone }) {
  const when = h("input", { type: "datetime-local", value: localInput(new Date(summary.cycle.pickup_at)) });
  const why = h("input", { type: "text", maxlength: "200", placeholder: t.fulfil.moveSample });
  const done = h("button", { type: "button", class: "button primary wide", disabled: true }, t.fulfil.moveDo);
  const check = () => (done.disabled = !when.value || !why.value.trim());
  for (const input of [when, why]) input.addEventListener("input", check);
  openSheet({
    title: t.fulfil.move,
    body: [field(t.fulfil.pickup, when), field(t.fulfil.moveWhy, why), h("p", { class: "sheet-note" }, t.fulfil.moveNote)],
    buttons: (close) => {
      done.addEventListener("click", () => (close(), onDone({ pickup_at: withOffset(new Date(when.value)), notice: why.value.trim() })));
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), done];
    },
  });
}

/** Answer or settle a complaint; `onAnswer({text, promise})` or `onClose()`. */
export function handleTicket({ ticket, t, onAnswer, onClose }) {
  let promise = null;
  const text = h("textarea", { rows: "3", maxlength: "200", placeholder: t.tickets.sample });
  const done = h("button", { type: "button", class: "button primary wide", disabled: true }, t.tickets.answerDo);
  const promises = document.createElement("lb-choice");
  const tiles = ["none", "refund", "replacement"].map((value) => ({ value, name: t.tickets[value] }));
  promises.addEventListener("lb-change", (event) => (promise = event.detail === "none" ? null : event.detail));
  text.addEventListener("input", () => (done.disabled = text.value.trim() === ""));
  openSheet({
    title: `${ticket.viewer.name} · ${t.tickets.title}`,
    body: [h("p", {}, ticket.text), field(t.tickets.answer, text), promises],
    buttons: (close) => {
      done.addEventListener("click", () => (close(), onAnswer({ text: text.value.trim(), promise })));
      return [h("button", { type: "button", class: "button plain", on: { click: () => (close(), onClose()) } }, t.tickets.close), done];
    },
  });
  promises.show({ label: t.tickets.promise, tiles, value: "none" });
}

function field(label, input) {
  const word = h("span");
  setText(word, label);
  return h("label", { class: "field" }, word, input);
}
