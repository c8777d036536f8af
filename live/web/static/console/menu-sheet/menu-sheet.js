/** What is seldom needed: light or dark, the report so far, and the end of the session with a second tap in another place. */
import "../choice/choice.js";
import { h } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { at, rehearsalOf } from "../../shared/root.js";
import { runningSession } from "../../shared/select.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { calledName, whoIs } from "../../shared/who.js";
import { pointAt, reportLink } from "../report-link.js";
import { modelRow } from "./model-row.js";

const THEME_KEY = "linbo-theme";
const PC = "(min-width: 720px) and (hover: hover)";

/** Open the menu; `onEnd()` ends the session, `onCode()` shows the code by which viewers order, `onStage()` what there was to win, `onScript()` the script. */
export function openMenu({ room, state, t, onEnd, onCode, onStage, onScript }) {
  const report = reportLink();
  pointAt(report, state.session, t.menu.report);
  const close = openSheet({
    title: t.menu.title,
    body: [themeChoice(t), ...scriptTaps(room, state, t, () => (close(), onScript())), report, faqTap(t, () => close()), ...stageTap(state, t, () => (close(), onStage())), ...teamTaps(t, () => close()), ...(rehearsalOf ? [] : [modelRow(t)])],
    buttons: (close) => [
      h("button", { type: "button", class: "button plain", on: { click: () => (close(), onCode()) } }, t.menu.code),
      ...(runningSession(state) ? [h("button", { type: "button", class: "button plain", on: { click: () => (close(), askEnd({ state, t, onEnd })) } }, t.menu.end)] : []),
      h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back),
    ],
  });
}

/** Who this is, and who did what. */
function teamTaps(t, close) {
  const tap = (word, name) => {
    const button = h("button", { type: "button", class: "button plain", on: { click: () => (close(), document.dispatchEvent(new CustomEvent(name))) } }, word);
    return button;
  };
  return [tap(fill(t.menu.who, { by: calledName(whoIs()) }), "lb-who"), tap(t.menu.recent, "lb-recent"), ...(matchMedia(PC).matches ? [tap(t.menu.keys, "lb-keys")] : [])];
}

/** The answers that the shop has kept. */
function faqTap(t, close) {
  return h("button", { type: "button", class: "button plain", on: { click: () => (close(), document.dispatchEvent(new CustomEvent("lb-faq"))) } }, t.menu.faq);
}

/** While a session runs, 活动 stands under the thumb; prizes are claimed after it, too. */
function stageTap(state, t, click) {
  if (runningSession(state) || state.giveaways.length + state.polls.length === 0) return [];
  return [h("button", { type: "button", class: "button plain", on: { click } }, t.menu.stage)];
}

/** The teleprompter for the device beside the camera, and its script while there is a session to put it into. */
function scriptTaps(room, state, t, click) {
  const prompter = h("a", { class: "button plain", href: at(`prompter/${encodeURIComponent(room)}`) }, t.menu.prompter);
  const write = runningSession(state) ? h("button", { type: "button", class: "button plain", on: { click } }, t.menu.script) : null;
  return [prompter, write].filter(Boolean);
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
