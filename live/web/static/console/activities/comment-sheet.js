/** What the host can do with one comment: put it on the picture, book it by hand, or keep its writer out. */
import { h, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { askTwice, field, refusalLine, textInput } from "./form.js";

const ANSWER_MOST = 100;

/** The key by which a viewer is blocked; null where a platform hides who it is. */
export function viewerKey({ platform, user }) {
  if (user.weak) return null;
  return user.id ? `${platform}/id/${user.id}` : `${platform}/name/${user.name}`;
}

/** Open the sheet of a comment. `onBook()` books by hand, `onBlock()` and `onUnblock(key)` are done after a second tap. */
export function openComment({ comment, state, t, run, onBook, onBlock, onUnblock }) {
  const refusal = refusalLine();
  const onAir = state.shown?.comment_id === comment.id;
  const key = viewerKey(comment);
  const blocked = (state.session?.blocked ?? []).includes(key);
  let answer = "";
  const input = textInput("", (text) => (answer = text), { maxlength: String(ANSWER_MOST), placeholder: t.act.answerSample });
  let close = () => {};
  const send = async (button, command) => (refusal.clear(), (await run(command, button, refusal.say)) && close());
  const show = (as) => ({ type: "show_comment", comment_id: comment.id, as, ...(as === "question" && answer ? { answer } : null) });
  const tap = (kind, word, click) => {
    const button = h("button", { type: "button", class: `button ${kind}`, on: { click: () => click(button) } });
    setText(button, word);
    return button;
  };
  const block = () => askTwice({ title: fill(t.act.blockTitle, comment.user), body: [t.act.blockBody], yes: t.act.block, t, onYes: onBlock });
  const question = comment.intent === "question";
  const shows = [
    tap(question ? "plain" : "primary", t.act.showBubble, (button) => send(button, show("bubble"))),
    tap(question ? "primary" : "plain", t.act.showQuestion, (button) => send(button, show("question"))),
  ];
  const others = [
    tap("plain", t.act.book, () => (close(), onBook())),
    blocked ? tap("plain", t.act.unblock, () => (close(), onUnblock(key))) : tap("plain trouble", t.act.block, () => (close(), block())),
  ];
  close = openSheet({
    title: comment.user.name,
    body: [
      h("p", { class: "quote" }, comment.text),
      onAir ? tap("primary", t.act.hideShown, (button) => send(button, { type: "hide_comment" })) : h("div", { class: "panel-taps" }, ...shows),
      onAir ? null : field(t.act.answer, input),
      h("div", { class: "panel-taps" }, ...others),
    ].filter(Boolean),
    buttons: (end) => [refusal, h("button", { type: "button", class: "button plain", on: { click: end } }, t.pick.back)],
  });
}
