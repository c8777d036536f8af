/** From taps to commands: what each part tells, and what is sent for it. */
import { post, Refused } from "../shared/commands.js";
import { fill } from "../shared/i18n/fill.js";
import { offerById, shortTitle } from "../shared/select.js";

/** Wire a console: `{room, state, feed, later, outbound, t, parts, showTab, turnTo}`. */
export function listen(desk) {
  const run = (command, button, onRefused) => carryOut(desk, command, button, onRefused);
  const context = { desk, run, open };
  for (const [name, act] of Object.entries(ACTS)) document.addEventListener(name, ({ detail }) => act(detail ?? {}, context));
  for (const [thing, names] of Object.entries(LATER_ACTS))
    for (const name of names) document.addEventListener(name, ({ detail }) => actLater(thing, name, detail ?? {}, context));
}

/** Taps whose doing is fetched when the first of them comes: each thing's `ACTS`, by their names. */
const LATER_ACTS = Object.freeze({
  "stage-acts": ["lb-activities", "lb-flash", "lb-begin", "lb-live"],
  "question-acts": ["lb-answer", "lb-answer-edit", "lb-faq"],
});

function actLater(thing, name, detail, context) {
  return open(context.desk, thing, detail.button ?? null, (script) => script.ACTS[name](detail, context));
}

const ACTS = Object.freeze({
  "lb-tab": (tab, { desk }) => desk.showTab(tab),
  "lb-menu": (_detail, { desk, run }) => menu(desk, run),
  "lb-accept": ({ comment, button }, { run }) => run({ type: "accept_comment", comment_id: comment.id }, button),
  "lb-pick": (detail, context) => pick(detail, context),
  "lb-dismiss": (detail, context) => dismiss(detail, context),
  "lb-pin": ({ offer, button }, { run }) => run({ type: "pin_offer", offer_id: offer.id }, button),
  "lb-next-offer": (detail, context) => showNext(detail, context),
  "lb-open": ({ offer, button }, { run }) => run({ type: "open_offer", offer_id: offer.id }, button),
  "lb-close": (detail, context) => close(detail, context),
  "lb-restock": (detail, context) => restock(detail, context),
  "lb-picture": (detail, context) => picture(detail, context),
  "lb-order": (detail, context) => order(detail, context),
  "lb-prompt": ({ offer, seconds, button }, { run }) =>
    run({ type: "open_prompt", keyword: "1", meaning: "claim", ref_id: offer.id, seconds }, button),
  "lb-comment": (detail, context) => comment(detail, context),
  "lb-stop-prompt": ({ button }, { run }) => run({ type: "close_prompt" }, button),
  "lb-cut-off": (detail, context) => cutOff(detail, context),
  "lb-move-pickup": (detail, context) => movePickup(detail, context),
  "lb-ready": ({ summary, point, button }, { run }) =>
    run({ type: "mark_ready", session_id: summary.session.id, pickup_point_id: point.id }, button),
  "lb-ticket": (detail, context) => settle(detail, context),
  "lb-retry": (detail, context) => retry(detail, context),
  "lb-copy-list": (_detail, { desk }) => open(desk, "copy-list", null, ({ copyList }) => copyList(desk)),
  "lb-paste-list": (_detail, { desk }) => open(desk, "paste-list", null, ({ pasteList }) => pasteList(desk)),
  "lb-who": ({ button = null }, { desk }) => open(desk, "team-sheet", button, ({ askWho }) => askWho({ t: desk.t, onDone: () => desk.draw() })),
  "lb-recent": (_detail, { desk }) => open(desk, "team-sheet", null, ({ showRecent }) => showRecent({ team: desk.team, t: desk.t })),
  "lb-order-code": ({ button = null }, { desk }) => orderCode(desk, button),
  "lb-health": (_detail, { desk }) => open(desk, "health-sheet", null, ({ openHealth }) => openHealth(desk)),
  "lb-guide": ({ button, ...about }, { desk }) => open(desk, "source-guide", button, ({ openGuide }) => openGuide(desk, about)),
  "lb-next": (_detail, { desk }) => desk.turnTo("off"),
  "lb-last": (_detail, { desk }) => (desk.turnTo("over"), desk.showTab("fulfil")),
  "lb-start": (detail, context) => start(detail, context),
});

/** Send a command; the button waits until its event has arrived. Gives back whether it took effect. */
async function carryOut(desk, command, button, onRefused = null) {
  const send = async () => {
    const team = await teamOf(desk);
    const { events = [], warnings = [] } = await team.send(command);
    await desk.feed.reached(Math.max(0, ...events.map((event) => event.seq)));
    desk.parts.toast.settle();
    if (warnings.length > 0) warn(desk, warnings);
  };
  return whileBusy(desk, button, send, onRefused ?? ((error) => sayRefused(desk, command, error)));
}

/** What this device has to send goes its way with all that is on its way already. */
async function teamOf(desk) {
  const script = await desk.later.get("team").catch(() => null);
  if (script) return script.teamOf(desk);
  const { failed, why, todo } = desk.t.later;
  throw new Refused({ what: failed, why, todo });
}

/** What waits for a tap is shown where it waits; what somebody else has done already is no failure. */
function sayRefused(desk, command, error) {
  if (error.kept) return;
  if (desk.team) desk.team.sayRefused(command, error);
  else desk.parts.toast.failure(error, desk.t.errors.close);
}

/** Do something once at a time a button, and say when it is refused. Gives back whether it was done. */
async function whileBusy(desk, button, work, onRefused = null) {
  if (button?.getAttribute("aria-busy") === "true") return false;
  button?.setAttribute("aria-busy", "true");
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (onRefused) onRefused(error);
    else desk.parts.toast.failure(error, desk.t.errors.close);
    return false;
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

/** It has worked, but something will cost taps later: two offers of one name. */
function warn({ parts, t }, warnings) {
  parts.toast.warning({ what: t.errors.warning, why: warnings.map(({ detail }) => detail).join("\n") }, t.errors.close);
}

function menu(desk, run) {
  const { state, t } = desk;
  const onEnd = async () => {
    if (!(await run({ type: "end_session" }, null))) return;
    desk.turnTo("over");
    desk.showTab(desk.state.confirmations.length > 0 ? "confirm" : "orders");
  };
  const onStage = () => document.dispatchEvent(new CustomEvent("lb-activities"));
  const onScript = () => open(desk, "script-editor", null, ({ writeScript }) => writeScript(desk, run));
  return open(desk, "menu-sheet", null, ({ openMenu }) => openMenu({ room: desk.room, state, t, onEnd, onCode: () => orderCode(desk), onStage, onScript }));
}

function orderCode(desk, button = null) {
  return open(desk, "order-code", button, ({ showOrderCode }) => showOrderCode(desk));
}

function pick({ comment, button }, { desk, run }) {
  const { state, t } = desk;
  const onDone = (actions) => run({ type: "accept_comment", comment_id: comment.id, actions }, button);
  const asked = { title: t.pick.title, comment, actions: comment.actions, state, t, onDone };
  return open(desk, "action-picker", button, ({ pickActions }) => pickActions(asked));
}

async function dismiss({ comment, button }, { desk, run }) {
  const { t } = desk;
  if (!(await run({ type: "dismiss_comment", comment_id: comment.id }, button))) return;
  const back = { word: t.confirm.rebook, run: () => rebook(comment, { desk, run }) };
  desk.parts.toast.note(fill(t.confirm.dismissed, { name: comment.user.name }), back);
}

/** What can be done with any comment of the stream. */
function comment({ comment, button }, context) {
  const asked = { ...context, onBook: () => rebook(comment, context) };
  return open(context.desk, "stage-acts", button, ({ openComment }) => openComment(comment, button, asked));
}

/** A comment that was dismissed by mistake, or not understood, is booked by hand. */
function rebook(comment, { desk, run }) {
  const { state, t } = desk;
  const actions = (comment.actions ?? []).map((action) => ({ ...action, op: "set" }));
  const viewer = { platform: comment.platform, id: comment.user.id, name: comment.user.name };
  const onDone = async (picked) => {
    for (const { offer, variant, quantity } of picked)
      await run({ type: "reserve", viewer, offer_id: offer, variant_id: variant, quantity: quantity ?? 1 }, null);
  };
  const asked = { title: t.pick.rebookTitle, comment: { ...comment, intent: "buy" }, actions, state, t, onDone };
  return open(desk, "action-picker", null, ({ pickActions }) => pickActions(asked));
}

/** What is not on sale yet is put on sale first. */
function showNext({ offer, button }, { run }) {
  if (!offer.open) run({ type: "open_offer", offer_id: offer.id }, null);
  return run({ type: "pin_offer", offer_id: offer.id }, button);
}

async function close({ offer, button }, { desk, run }) {
  const { t } = desk;
  if (!(await run({ type: "close_offer", offer_id: offer.id }, button))) return;
  const back = { word: t.offers.undo, run: () => run({ type: "open_offer", offer_id: offer.id }, null) };
  desk.parts.toast.note(fill(t.offers.closedNow, { offer: shortTitle(offer) }), back);
}

function restock({ offer, button }, { desk, run }) {
  const onDone = ({ quantity, variantId }) =>
    run({ type: "restock", offer_id: offer.id, variant_id: variantId, quantity }, button);
  const asked = { offer: offerById(desk.state, offer.id) ?? offer, t: desk.t, onDone };
  return open(desk, "restock-sheet", button, ({ askRestock }) => askRestock(asked));
}

function picture({ offer, file, button }, { desk, run }) {
  return open(desk, "offer-picture", button, async ({ keepPicture }) => {
    let name = null;
    const kept = await whileBusy(desk, null, async () => (name = await keepPicture(file, desk.t)));
    if (kept) await run({ type: "update_offer", offer_id: offer.id, picture: name }, null);
  });
}

function order({ reservation }, { desk, run }) {
  const { state, t } = desk;
  const seen = { reservation_id: reservation.id, if_changed_at: reservation.changed_at };
  const onQuantity = (quantity) => run({ type: "set_quantity", ...seen, quantity }, null);
  const onCancel = () => run({ type: "cancel_reservation", ...seen, reason: t.orders.cancelReason }, null);
  return open(desk, "order-sheet", null, ({ changeOrder }) => changeOrder({ order: reservation, state, t, onQuantity, onCancel }));
}

function cutOff({ summary }, { desk, run }) {
  const onDone = () => run({ type: "close_cycle", session_id: summary.session.id }, null);
  return open(desk, "fulfil-sheets", null, ({ askCutOff }) => askCutOff({ summary, t: desk.t, onDone }));
}

function movePickup({ summary }, { desk, run }) {
  const onDone = (moved) => run({ type: "move_pickup", session_id: summary.session.id, ...moved }, null);
  return open(desk, "fulfil-sheets", null, ({ askMove }) => askMove({ summary, t: desk.t, onDone }));
}

function settle({ ticket }, { desk, run }) {
  const onAnswer = (answer) => run({ type: "answer_ticket", ticket_id: ticket.id, ...answer }, null);
  const onClose = () => run({ type: "close_ticket", ticket_id: ticket.id }, null);
  return open(desk, "fulfil-sheets", null, ({ handleTicket }) => handleTicket({ ticket, t: desk.t, onAnswer, onClose }));
}

/** A letter that was given up is sent once more; a refusal says that it is no longer there. */
async function retry({ letter, button }, { desk }) {
  const { t } = desk;
  const again = () => post(`api/v1/outbound/${encodeURIComponent(letter.id)}/retry`, {}, t.errors);
  if (await whileBusy(desk, button, again)) desk.parts.toast.note(t.sent.again);
  await desk.outbound.retried();
}

/** Use a script that is fetched when it is first wanted; the button waits, and what did not come is said. */
async function open(desk, thing, button, use) {
  button?.setAttribute("aria-busy", "true");
  document.body.dataset.opening = thing;
  const script = await desk.later.get(thing).catch(() => null);
  try {
    if (script) await use(script);
  } finally {
    button?.removeAttribute("aria-busy");
    delete document.body.dataset.opening;
  }
  if (!script) desk.parts.toast.failure({ what: desk.t.later.failed, why: desk.t.later.why, todo: desk.t.later.todo }, desk.t.errors.close);
}

function start({ body, button }, { desk }) {
  const form = desk.parts.startForm;
  return carryOut(desk, body, button, ({ what, why, todo }) => form.showFaults([`${what}：${why}`, todo].filter(Boolean)));
}
