/** From taps on a comment to what is done about it; a slip of the thumb can be taken back for ten seconds. */
import { fill } from "../shared/i18n/fill.js";
import { inWords } from "./actions.js";
import { viewerKey } from "./viewer-key.js";

/** Taps on comments, each `(detail, {desk, run, open})`. */
export const ACTS = Object.freeze({
  "lb-accept": ({ comment, button }, context) => accept(comment, null, button, context),
  "lb-pick": ({ comment, button }, context) => pick(comment, button, context),
  "lb-dismiss": ({ comment, button }, context) => dismiss(comment, button, context),
  "lb-comment": ({ comment, button }, context) => openComment(comment, button, context),
});

/** What was seen is what is booked, whatever the comment has been understood as meanwhile. */
function accept(comment, picked, button, context, onRefused) {
  const { state, t } = context.desk;
  const actions = picked ?? comment.actions;
  const what = inWords(actions, comment.intent, state, t);
  const command = { type: "accept_comment", comment_id: comment.id, ...(actions.every(isWhole) && { actions }) };
  const words = fill(t.confirm.accepted, { name: comment.user.name, what });
  return undoably({ command, words, back: () => undo(comment) }, button, context, onRefused);
}

function isWhole({ op, offer, quantity }) {
  return offer !== null && (quantity !== null || op === "cancel");
}

function dismiss(comment, button, context, onRefused) {
  const command = { type: "dismiss_comment", comment_id: comment.id };
  const words = fill(context.desk.t.confirm.dismissed, comment.user);
  return undoably({ command, words, back: () => undo(comment) }, button, context, onRefused);
}

function undo(comment) {
  return { type: "undo_comment", comment_id: comment.id };
}

function pick(comment, button, context) {
  const { state, t } = context.desk;
  const onDone = (actions) => accept(comment, actions, button, context);
  const asked = { title: t.pick.title, comment, actions: comment.actions, state, t, onDone };
  return context.open(context.desk, "action-picker", button, ({ pickActions }) => pickActions(asked));
}

/** What can be done with any comment, in one sheet. */
function openComment(comment, button, context) {
  const { desk, run, open } = context;
  const acts = {
    accept: (tap, onRefused) => accept(comment, null, tap, context, onRefused),
    pick: () => pick(comment, null, context),
    dismiss: (tap, onRefused) => dismiss(comment, tap, context, onRefused),
    book: () => book(comment, context),
    block: () => block(comment, context),
    hide: (tap, onRefused) => hide(comment, tap, context, onRefused),
    addHost: (tap, onRefused) => addHost(comment, tap, context, onRefused),
  };
  return open(desk, "comment-sheet", button, (script) => {
    const whole = desk.comments.get(comment.n) ?? comment;
    script.openComment({ comment: whole, state: desk.state, t: desk.t, run, acts });
  });
}

/** A comment that was dismissed by mistake, or not understood, is booked by hand. */
function book(comment, { desk, run, open }) {
  const { state, t } = desk;
  const actions = (comment.actions ?? []).map((action) => ({ ...action, op: "set" }));
  const viewer = { platform: comment.platform, id: comment.user.id, name: comment.user.name };
  const onDone = async (picked) => {
    const taken = picked.map(({ offer, variant, quantity }) => run({ type: "reserve", viewer, offer_id: offer, variant_id: variant, quantity: quantity ?? 1 }, null));
    if (!(await Promise.all(taken)).every(Boolean)) return;
    desk.parts.toast.note(fill(t.confirm.accepted, { name: comment.user.name, what: inWords(picked, "buy", desk.state, t) }));
  };
  const asked = { title: t.pick.rebookTitle, comment: { ...comment, intent: "buy" }, actions, state, t, onDone };
  return open(desk, "action-picker", null, ({ pickActions }) => pickActions(asked));
}

function hide(comment, button, context, onRefused) {
  const command = { type: "set_aside_comment", comment_id: comment.id };
  const back = () => ({ type: "bring_back_comment", comment_id: comment.id });
  return undoably({ command, words: fill(context.desk.t.stage.setAside, comment.user), back }, button, context, onRefused);
}

function addHost(comment, button, context, onRefused) {
  const { desk } = context;
  const words = fill(desk.t.stage.hostAdded, comment.user);
  const back = wayBack(desk, "hosts", comment.user.id ?? comment.user.name, (host) => ({ type: "remove_host", host }));
  return undoably({ command: { type: "add_host", comment_id: comment.id }, words, back }, button, context, onRefused);
}

function block(comment, context) {
  const { desk } = context;
  const words = fill(desk.t.stage.blocked, comment.user);
  const back = wayBack(desk, "blocked", viewerKey(comment), (key) => ({ type: "unblock_viewer", viewer_key: key }));
  return undoably({ command: { type: "block_viewer", comment_id: comment.id }, words, back }, null, context);
}

/** The way back from putting this one on a list of the session; null where it has been there before. */
function wayBack(desk, name, key, commandOf) {
  const known = (desk.state.session?.[name] ?? []).includes(key);
  return () => (known || key === null ? null : commandOf(key));
}

/** Send a command; once it has taken effect, offer `back()`, the command that undoes it. Gives back whether it took effect. */
async function undoably({ command, words, back }, button, { desk, run }, onRefused) {
  if (!(await run(command, button, onRefused))) return false;
  const undoing = back();
  desk.parts.toast.undoable(words, undoing && { word: desk.t.confirm.undo, run: () => run(undoing, null) });
  return true;
}
