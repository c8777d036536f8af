/** The health sheet: whether orders are safe, each source, how quickly the service books, and who has pages open. */
import "./health-board.js";
import { h } from "../../shared/dom.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { watchHealth } from "./health.js";

/** Open it over a desk: `{room, state, comments, clock, link, t, troubles(), follow(part, show)}`. */
export function openHealth(desk) {
  const board = document.createElement("lb-health-board");
  let answer = { asked: false };
  const show = () => board.show({ ...answer, troubles: desk.troubles(), ...wordsOf(desk) });
  openSheet({
    title: desk.t.health.title,
    body: [board],
    buttons: (close) => [
      h("button", { type: "button", class: "button plain", on: { click: () => board.tell("lb-order-code") } }, desk.t.menu.code),
      h("button", { type: "button", class: "button primary", on: { click: close } }, desk.t.pick.back),
    ],
  });
  desk.follow(board, show);
  show();
  const onAnswer = (found) => ((answer = { asked: true, lost: found === null, ...(found ?? { told: answer.told }) }), show());
  watchHealth(desk.room, () => board.isConnected, onAnswer);
}

function wordsOf({ state, comments, clock, link, t }) {
  return { state, comments: comments.latest, clock, link, t };
}
