/** The sections of the page: which are to be seen, what each shows, and what stands there until its script has come. */
import { h, setAttribute, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { openTickets } from "./fulfil-board/open-tickets.js";
import { stuckTargets } from "./fulfil-board/outbound-desk.js";

const DRAWING_MS = 8;
const WIDE = "(min-width: 720px)";
const WIDEST = "(min-width: 1440px)";

const SECTIONS = Object.freeze({
  after: ["after-bar", ({ state, clock, t }) => ({ state, clock, t })],
  start: ["start-form", ({ state, room, t }) => ({ state, room, t })],
  confirm: ["confirm-queue", ({ state, comments, t }) => ({ state, evidenceOf: (comment) => comments.evidenceOf(comment), t })],
  questions: ["question-desk", ({ state, clock, t }) => ({ state, clock, t })],
  comments: ["comment-stream", ({ state, comments, clock, t }) => ({ log: comments, comments: comments.latest, state, clock, t })],
  offers: ["offer-board", ({ state, clock, t }) => ({ state, clock, t })],
  orders: ["order-list", ({ state, t }) => ({ state, t })],
  fulfil: ["fulfil-board", fulfilment],
});

function fulfilment({ state, cycles, outbound, room, clock, t }) {
  cycles.look();
  const stuck = stuckTargets(outbound.told, clock);
  return { cycles: cycles.cycles, tickets: openTickets(state, cycles.cycles), stuck, room, clock, t };
}

/** Draw anew whenever the page has turned from narrow to wide or back. */
export function watchWidth(onChange) {
  for (const width of [WIDE, WIDEST]) matchMedia(width).addEventListener("change", onChange);
}

/**
 * Shows what is to be seen of a desk, `{view, tab, later, draw, …}`; what is hidden is shown when its turn comes. On a slow
 * device one section at a time, so that a tap is answered between two of them.
 */
export class Sections {
  #due = new Set();

  get waiting() {
    return this.#due.size > 0;
  }

  /** All that is in sight has to be shown anew; what waits already keeps its place. */
  mark(desk) {
    for (const name of inSight(desk.view(), desk.tab)) this.#due.add(name);
  }

  /** Show what waits, for a few milliseconds since `began` (of `performance.now()`), but one section at least. */
  showSome(desk, began) {
    const seen = inSight(desk.view(), desk.tab);
    for (const name of this.#due) {
      this.#due.delete(name);
      if (!seen.includes(name)) continue;
      showOne(desk, ...SECTIONS[name]);
      if (performance.now() - began > DRAWING_MS) return;
    }
  }
}

function inSight(view, tab) {
  if (view === "off") return ["start"];
  if (view === "opening") return [];
  const places = matchMedia(WIDE).matches ? ["confirm", "comments", "offers", ...beside(tab)] : [tab];
  return view === "over" ? ["after", ...places] : places;
}

/** What shares a place: the orders, the questions and the handing over; on the widest screens the questions have their own. */
function beside(tab) {
  const own = matchMedia(WIDEST).matches ? ["questions"] : [];
  const chosen = tab === "fulfil" || tab === "questions" ? tab : "orders";
  return own.includes(chosen) ? [...own, "orders"] : [...own, chosen];
}

function showOne(desk, tag, valuesOf) {
  const part = document.querySelector(`lb-${tag}`);
  if (desk.later.has(tag)) part.show(valuesOf(desk));
  else if (!part.querySelector(":scope > .coming")) fetchOne(desk, tag, part);
}

async function fetchOne(desk, tag, part) {
  const note = coming(desk, () => (note.remove(), fetchOne(desk, tag, part)));
  part.append(note);
  try {
    await desk.later.get(tag);
    note.remove();
    desk.draw();
  } catch {
    note.failed();
  }
}

/** What did not come is asked for once more, now that the line is up again. */
export function fetchFailed() {
  for (const button of document.querySelectorAll(".coming:not([hidden]) > button:not([hidden])")) button.click();
}

function coming({ t }, onAgain) {
  const what = h("strong", {}, t.later.coming);
  const why = h("p");
  const again = h("button", { type: "button", class: "button primary", hidden: true, on: { click: onAgain } }, t.later.again);
  const node = h("div", { class: "empty coming", role: "status" }, icon("link"), what, why, again);
  node.failed = () => {
    setAttribute(node, "data-failed", true);
    setText(what, t.later.failed);
    setText(why, t.later.why);
    setAttribute(again, "hidden", null);
  };
  return node;
}
