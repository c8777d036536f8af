/** The sections of the page: which are to be seen, what each shows, and what stands there until its script has come. */
import { h, setAttribute, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { openTickets } from "./fulfil-board/open-tickets.js";
import { stuckTargets } from "./fulfil-board/outbound-desk.js";

const WIDE = "(min-width: 720px)";
const WIDEST = "(min-width: 1440px)";

const SECTIONS = Object.freeze({
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

/** Show what is to be seen of a desk: `{view, tab, later, draw, …}`; what is hidden is shown when its turn comes. */
export function showSections(desk) {
  for (const name of inSight(desk.view(), desk.tab)) showOne(desk, ...SECTIONS[name]);
}

function inSight(view, tab) {
  if (view === "off") return ["start"];
  if (view === "opening") return [];
  if (!matchMedia(WIDE).matches) return [tab];
  return ["confirm", "comments", "offers", ...beside(tab)];
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
  for (const button of document.querySelectorAll("main .coming:not([hidden]) > button:not([hidden])")) button.click();
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
