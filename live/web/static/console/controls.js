/** From taps to commands: what each part tells, and what is sent for it. */
import { Refused } from "../shared/commands.js";

/** Wire a console: `{room, state, feed, later, outbound, t, parts, showTab, turnTo}`. */
export function listen(desk) {
  const run = (command, button, onRefused) => carryOut(desk, command, button, onRefused);
  const context = { desk, run, open, whileBusy };
  for (const [name, act] of Object.entries(ACTS)) document.addEventListener(name, ({ detail }) => act(detail ?? {}, context));
  for (const [thing, names] of Object.entries(LATER_ACTS))
    for (const name of names) document.addEventListener(name, ({ detail }) => actLater(thing, name, detail ?? {}, context));
}

/** Taps whose doing is fetched when the first of them comes: each thing's `ACTS`, by their names. */
const LATER_ACTS = Object.freeze({
  "comment-acts": ["lb-accept", "lb-pick", "lb-dismiss", "lb-comment"],
  "stage-acts": ["lb-activities", "lb-flash", "lb-begin", "lb-live"],
  "goods-acts": ["lb-next-offer", "lb-close", "lb-restock", "lb-picture", "lb-order"],
  "fulfil-acts": ["lb-cut-off", "lb-move-pickup", "lb-ready", "lb-ticket", "lb-retry", "lb-copy-list", "lb-paste-list"],
  "start-acts": ["lb-start", "lb-edit-goods", "lb-edit-script", "lb-rehearse", "lb-end-rehearsal"],
  "question-acts": ["lb-answer", "lb-answer-edit", "lb-faq"],
});

/** The button is free again before its act begins: an act refuses a button that is busy. */
async function actLater(thing, name, detail, context) {
  let acts = null;
  await open(context.desk, thing, detail.button ?? null, (script) => (acts = script.ACTS));
  acts?.[name](detail, context);
}

const ACTS = Object.freeze({
  "lb-tab": (tab, { desk }) => desk.showTab(tab),
  "lb-menu": (_detail, { desk, run }) => menu(desk, run),
  "lb-pin": ({ offer, button }, { run }) => run({ type: "pin_offer", offer_id: offer.id }, button),
  "lb-open": ({ offer, button }, { run }) => run({ type: "open_offer", offer_id: offer.id }, button),
  "lb-prompt": ({ offer, seconds, button }, { run }) =>
    run({ type: "open_prompt", keyword: "1", meaning: "claim", ref_id: offer.id, seconds }, button),
  "lb-stop-prompt": ({ button }, { run }) => run({ type: "close_prompt" }, button),
  "lb-who": ({ button = null }, { desk }) => open(desk, "team-sheet", button, ({ askWho }) => askWho({ t: desk.t, onDone: () => desk.draw() })),
  "lb-keys": (_detail, { desk }) => open(desk, "keys", null, ({ showKeys }) => showKeys(desk)),
  "lb-recent": (_detail, { desk }) => open(desk, "team-sheet", null, ({ showRecent }) => showRecent({ team: desk.team, t: desk.t })),
  "lb-order-code": ({ button = null }, { desk }) => orderCode(desk, button),
  "lb-health": (_detail, { desk }) => open(desk, "health-sheet", null, ({ openHealth }) => openHealth(desk)),
  "lb-guide": ({ button, ...about }, { desk }) => open(desk, "source-guide", button, ({ openGuide }) => openGuide(desk, about)),
  "lb-next": (_detail, { desk }) => desk.turnTo("off"),
  "lb-last": (_detail, { desk }) => (desk.turnTo("over"), desk.showTab("fulfil")),
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
  const onEnd = async () => {
    if (!(await run({ type: "end_session" }, null))) return;
    desk.turnTo("over");
    desk.showTab(desk.state.confirmations.length > 0 ? "confirm" : "orders");
  };
  const onStage = () => document.dispatchEvent(new CustomEvent("lb-activities"));
  const onScript = () => open(desk, "script-editor", null, ({ writeScript }) => writeScript(desk, run));
  return open(desk, "menu-sheet", null, ({ openMenu }) => openMenu({ room: desk.room, state: desk.state, t: desk.t, onEnd, onCode: () => orderCode(desk), onStage, onScript }));
}

function orderCode(desk, button = null) {
  return open(desk, "order-code", button, ({ showOrderCode }) => showOrderCode(desk));
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
