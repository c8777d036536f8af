/** What is seldom needed: light or dark, the report so far, and the end of the session with a second tap in another place. */
import "../choice/choice.js";
import { h } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { runningSession } from "../../shared/select.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { pointAt, reportLink } from "../report-link.js";

const THEME_KEY = "linbo-theme";

/** Open the menu; `onEnd()` ends the session, `onCode()` shows the code by which viewers order. */
export function openMenu({ state, t, onEnd, onCode }) {
  const report = reportLink();
  pointAt(report, state.session, t.menu.report);
  openSheet({
    title: t.menu.title,
    body: [themeChoice(t), report],
    buttons: (close) => [
      h("button", { type: "button", class: "button plain", on: { click: () => (close(), onCode()) } }, t.menu.code),
      ...(runningSession(state) ? [h("button", { type: "button", class: "button plain", on: { click: () => (close(), askEnd({ state, t, onEnd })) } }, t.menu.end)] : []),
      h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back),
    ],
  });
}

function themeChoice(t) {
  const choice = document.createElement("lb-choice");
  const tiles = ["dark", "light", "auto"].map((value) => ({ value, name: t.menu[value] }));
  choice.show({ label: t.menu.theme, tiles, value: document.documentElement.dataset.theme });
  choice.addEventListener("lb-change", (event) => {
    document.documentElement.dataset.theme = event.detail;
    localStorage.setItem(THEME_KEY, event.detail);
  });
  return choice;
}

function askEnd({ state, t, onEnd }) {
  const waiting = state.confirmations.length;
  openSheet({
    title: t.end.title,
    body: [h("p", {}, fill(t.end.body, { n: state.reservations.length })), ...(waiting > 0 ? [h("p", {}, fill(t.end.waiting, { n: waiting }))] : [])],
    buttons: (close) => [
      h("button", { type: "button", class: "button danger", on: { click: () => (close(), onEnd()) } }, t.end.yes),
      h("button", { type: "button", class: "button plain wide", on: { click: close } }, t.end.no),
    ],
  });
}
