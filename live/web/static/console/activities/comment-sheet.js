/** What the host can do with one comment, all of it in one sheet beside the thumb. */
import { h, setText } from "../../shared/dom.js";
import { pieces } from "../../shared/evidence.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { commentKey } from "../../shared/state.js";
import { inWords, whatToChoose } from "../actions.js";
import { showPieces } from "../marked-text.js";
import { askTwice, field, refusalLine, textInput } from "./form.js";
import { viewerKey } from "../viewer-key.js";

const ANSWER_MOST = 100;

/**
 * Open the sheet of a comment. `run(command, button, onRefused)` sends what needs no way back; `acts` are
 * `accept`, `dismiss`, `hide` and `addHost`, each `(button, onRefused)`, and `pick`, `book` and `block`, which open another sheet.
 */
export function openComment(asked) {
  const sheet = { ...asked, refusal: refusalLine(), answer: "", close: () => {} };
  const { comment, t } = sheet;
  sheet.close = openSheet({
    title: comment.user.name,
    body: [quote(comment, t), waits(sheet) ? confirmRow(sheet) : null, onAir(sheet) ? null : answerField(sheet), tiles(sheet)].filter(Boolean),
    buttons: (end) => [sheet.refusal, h("button", { type: "button", class: "button plain", on: { click: end } }, t.pick.back)],
  });
}

function quote(comment, t) {
  const text = h("p", { class: "quote" });
  showPieces(text, pieces(comment.text, comment.evidence));
  const meaning = t.intents[comment.intent] ?? comment.intent;
  const reason = comment.reason && comment.reason !== meaning ? comment.reason : null;
  return h("div", {}, text, h("p", { class: "under" }, [meaning, reason].filter(Boolean).join(" · ")));
}

function waits({ comment, state }) {
  const key = commentKey(comment);
  return state.confirmations.some((each) => commentKey(each) === key);
}

function onAir({ comment, state }) {
  return state.shown?.comment_id === comment.id;
}

/** What the queue asks can be answered here, too. */
function confirmRow(sheet) {
  const { comment, state, t, acts } = sheet;
  const choose = whatToChoose(comment.actions, comment.intent, state, t);
  const accept = choose
    ? tap(sheet, "button", choose, () => (sheet.close(), acts.pick()))
    : tap(sheet, "button order", inWords(comment.actions, comment.intent, state, t), (button, onRefused) => acts.accept(button, onRefused));
  accept.classList.add("wide");
  const dismiss = tap(sheet, "button plain", t.confirm.dismiss, (button, onRefused) => acts.dismiss(button, onRefused));
  return h("div", { class: "panel-taps" }, dismiss, accept);
}

function answerField(sheet) {
  const { t } = sheet;
  const input = textInput("", (text) => (sheet.answer = text), { maxlength: String(ANSWER_MOST), placeholder: t.act.answerSample });
  return field(t.act.answer, input);
}

/** Six in two rows: what is rare and far-reaching above, what is done all evening below. */
function tiles(sheet) {
  return h("div", { class: "comment-tiles" }, ...rareTiles(sheet), ...dailyTiles(sheet));
}

function rareTiles(sheet) {
  const { comment, state, t, run, acts } = sheet;
  const host = hostOf(comment, state);
  const key = viewerKey(comment);
  const blocked = (state.session?.blocked ?? []).includes(key);
  const block = () => askTwice({ title: fill(t.act.blockTitle, comment.user), body: [t.act.blockBody], yes: t.act.block, t, onYes: acts.block });
  const bringBack = (button, refused) => run({ type: "bring_back_comment", comment_id: comment.id }, button, refused);
  return [
    host
      ? tile(sheet, "host", t.act.removeHost, (button, refused) => run({ type: "remove_host", host }, button, refused))
      : tile(sheet, "host", t.act.addHost, acts.addHost),
    comment.hidden ? tile(sheet, "undo", t.act.bringBack, bringBack) : tile(sheet, "hide", t.act.setAside, acts.hide),
    blocked
      ? tile(sheet, "block", t.act.unblock, (button, refused) => run({ type: "unblock_viewer", viewer_key: key }, button, refused))
      : tile(sheet, "block", t.act.block, () => (sheet.close(), block(), false), "trouble"),
  ];
}

function dailyTiles(sheet) {
  const { comment, t, run, acts } = sheet;
  const command = (as) => ({ type: "show_comment", comment_id: comment.id, as, ...(as === "question" && sheet.answer ? { answer: sheet.answer } : null) });
  const show = (as) => (button, refused) => run(command(as), button, refused);
  const question = comment.intent === "question";
  const first = (does) => (does && !waits(sheet) ? "primary" : "");
  const shows = onAir(sheet)
    ? [tile(sheet, "screen", t.act.hideShown, (button, refused) => run({ type: "hide_comment" }, button, refused), "primary two-wide")]
    : [
        tile(sheet, "screen", t.act.showBubble, show("bubble"), first(!question)),
        tile(sheet, "question", t.act.showQuestion, show("question"), first(question)),
      ];
  return [...shows, tile(sheet, "order", t.act.book, () => (sheet.close(), acts.book(), false))];
}

/** The name or id by which a comment's writer is of the shop, or null. */
function hostOf({ user }, state) {
  return (state.session?.hosts ?? []).find((host) => host === user.id || host === user.name) ?? null;
}

function tile(sheet, iconName, word, act, kind = "") {
  const button = tap(sheet, `button plain tile ${kind}`, "", act);
  button.append(icon(iconName), h("span", {}, word));
  return button;
}

/** A button whose act closes the sheet once it is done, and says beside the thumb when it was refused. */
function tap(sheet, kind, word, act) {
  const button = h("button", { type: "button", class: kind });
  button.addEventListener("click", async () => {
    sheet.refusal.clear();
    if (await act(button, sheet.refusal.say)) sheet.close();
  });
  if (word) setText(button, word);
  return button;
}
