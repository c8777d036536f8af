/** From taps on what is handed over to commands. */
import { post } from "../../shared/commands.js";

/** Taps about the handing over, each `(detail, {desk, run, open, whileBusy})`. */
export const ACTS = Object.freeze({
  "lb-cut-off": (detail, context) => cutOff(detail, context),
  "lb-move-pickup": (detail, context) => movePickup(detail, context),
  "lb-ready": ({ summary, point, button }, { run }) =>
    run({ type: "mark_ready", session_id: summary.session.id, pickup_point_id: point.id }, button),
  "lb-ticket": (detail, context) => settle(detail, context),
  "lb-retry": (detail, context) => retry(detail, context),
  "lb-copy-list": (_detail, { desk, open }) => open(desk, "copy-list", null, ({ copyList }) => copyList(desk)),
  "lb-paste-list": (_detail, { desk, open }) => open(desk, "paste-list", null, ({ pasteList }) => pasteList(desk)),
});

function cutOff({ summary }, { desk, run, open }) {
  const onDone = () => run({ type: "close_cycle", session_id: summary.session.id }, null);
  return open(desk, "fulfil-sheets", null, ({ askCutOff }) => askCutOff({ summary, t: desk.t, onDone }));
}

function movePickup({ summary }, { desk, run, open }) {
  const onDone = (moved) => run({ type: "move_pickup", session_id: summary.session.id, ...moved }, null);
  return open(desk, "fulfil-sheets", null, ({ askMove }) => askMove({ summary, t: desk.t, onDone }));
}

function settle({ ticket }, { desk, run, open }) {
  const onAnswer = (answer) => run({ type: "answer_ticket", ticket_id: ticket.id, ...answer }, null);
  const onClose = () => run({ type: "close_ticket", ticket_id: ticket.id }, null);
  return open(desk, "fulfil-sheets", null, ({ handleTicket }) => handleTicket({ ticket, t: desk.t, onAnswer, onClose }));
}

/** A letter that was given up is sent once more; a refusal says that it is no longer there. */
async function retry({ letter, button }, { desk, whileBusy }) {
  const { t } = desk;
  const again = () => post(`api/v1/outbound/${encodeURIComponent(letter.id)}/retry`, {}, t.errors);
  if (await whileBusy(desk, button, again)) desk.parts.toast.note(t.sent.again);
  await desk.outbound.retried();
}
