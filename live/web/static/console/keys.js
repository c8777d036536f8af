/**
 * The console under the keys of a PC. A key taps a button that is to be seen, so it asks what a tap asks; nothing happens
 * while somebody writes, over an open sheet, or because a key is held down.
 */
import { h } from "../shared/dom.js";
import { offersInOrder, pinnedOffer, runningSession } from "../shared/select.js";
import { openSheet } from "../shared/sheet/sheet.js";

const SETTLED_MS = 350;
const WRITES = "input, textarea, select, [contenteditable]";
const TAPS = "button, a[href], summary, [role=radio]";

/** What each key does, in the order of the sheet; the words are `t.keys[name]`. */
const KEYS = Object.freeze([
  { keys: ["a"], name: "accept", act: (desk) => tap(desk.firstCard()?.accept) },
  { keys: ["e"], name: "edit", act: (desk) => tap(desk.firstCard()?.edit) },
  { keys: ["d"], name: "dismiss", act: (desk) => tap(desk.firstCard()?.dismiss) },
  { keys: ["u"], name: "undo", act: () => tap(last("lb-toast-line .undos .button") ?? last("lb-toast-line [data-kind='note'] .button")) },
  { keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], label: "1–9", name: "pin", act: ({ desk }, key) => pin(desk, Number(key)) },
  { keys: ["n"], name: "next", act: () => tap(first("lb-next-line .button")) },
  { keys: ["p"], name: "prompt", act: () => tap(first("lb-now-bar .ask")) || tap(first("lb-now-bar .plain")) },
  { keys: ["f"], name: "flash", act: ({ desk }) => withPinned(desk, "lb-flash") },
  { keys: ["r"], name: "restock", act: ({ desk }) => withPinned(desk, "lb-restock") },
  { keys: ["g"], name: "live", act: () => tap(first("lb-now-bar .more")) },
  { keys: ["/"], name: "filter", act: () => nextFilter() },
  { keys: [" "], label: "␣", name: "pause", act: () => tap(first("lb-stream-bar > .button")) },
  { keys: ["["], name: "before", act: () => otherTab(-1) },
  { keys: ["]"], name: "after", act: () => otherTab(1) },
  { keys: ["m"], name: "menu", act: () => tell("lb-menu") },
  { keys: ["?", "？"], label: "?", name: "help", act: ({ desk }) => showKeys(desk) },
]);

/** Listen to the keys of a desk; `event` is the press that came before this script. */
export function listenToKeys(desk, event) {
  const board = new Board(desk);
  document.addEventListener("keydown", (each) => board.press(each));
  board.press(event);
}

class Board {
  #card = null;
  #since = 0;

  constructor(desk) {
    this.desk = desk;
    const list = document.querySelector("lb-confirm-queue > ol");
    if (list) new MutationObserver(() => this.#look()).observe(list, { childList: true });
    this.#look();
    this.#since = -Infinity;
  }

  press(event) {
    if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const found = KEYS.find(({ keys }) => keys.includes(key));
    if (!found || isTaken(event.target, key)) return;
    event.preventDefault();
    found.act(this, key);
  }

  /** A card that has just come to the first place is not the one that was meant. */
  firstCard() {
    this.#look();
    return performance.now() - this.#since < SETTLED_MS ? null : this.#card;
  }

  #look() {
    const card = first("lb-confirm-card");
    if (card === this.#card) return;
    this.#card = card;
    this.#since = performance.now();
  }
}

/** Whether a key belongs to what has the focus: a field takes all, a button its own. */
function isTaken(target, key) {
  if (document.querySelector("dialog[open]")) return true;
  return target.closest?.(WRITES) !== null || (key === " " && target.closest?.(TAPS) !== null);
}

/** Tap what is to be seen and can be tapped; gives back whether there was such a button. */
function tap(button) {
  if (!button || button.hidden || button.disabled || button.getClientRects().length === 0) return false;
  button.click();
  return true;
}

function first(selector) {
  return document.querySelector(selector);
}

function last(selector) {
  return [...document.querySelectorAll(selector)].at(-1);
}

function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function pin({ state }, number) {
  const offer = offersInOrder(state).find((each) => each.number === number);
  if (offer && runningSession(state) && offer !== pinnedOffer(state)) tell("lb-pin", { offer, button: null });
}

function withPinned({ state }, name) {
  const offer = pinnedOffer(state);
  if (offer) tell(name, { offer, button: null });
}

function nextFilter() {
  const chips = [...document.querySelectorAll("lb-stream-bar .filter")].filter((chip) => !chip.hidden);
  const at = chips.findIndex((chip) => chip.getAttribute("aria-pressed") === "true");
  tap(chips[(at + 1) % chips.length]);
}

function otherTab(step) {
  const tabs = [...document.querySelectorAll("lb-tab-bar button")].filter((each) => each.getClientRects().length > 0);
  const at = tabs.findIndex((each) => each.getAttribute("aria-current") === "true");
  tap(tabs[(at + step + tabs.length) % tabs.length]);
}

/** The list of the keys. */
export function showKeys({ t }) {
  const rows = KEYS.map(({ keys, label, name }) => h("div", {}, h("dt", {}, h("kbd", {}, label ?? keys[0].toUpperCase())), h("dd", {}, t.keys[name])));
  openSheet({
    title: t.keys.title,
    body: [h("dl", { class: "keys" }, ...rows)],
    buttons: (close) => [h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back)],
  });
}
