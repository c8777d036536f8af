/** One comment: what it is, the words that were understood, what came of it and why. Tells `lb-comment {comment, button}`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { pieces } from "../../shared/evidence.js";
import { wallTime } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { byHost, inWords, meaningOf } from "../actions.js";
import { showPieces } from "../marked-text.js";

const ICONS = Object.freeze({
  order: "order",
  question: "question",
  confirm: "confirm",
  trouble: "trouble",
  other: "chat",
  praise: "heart",
  giveaway: "gift",
});

class CommentRow extends Part {
  build() {
    this.setAttribute("role", "article");
    this.setAttribute("aria-setsize", "-1");
    this.chip = h("span", { class: "chip" });
    this.word = h("span");
    this.name = h("span", { class: "name clip" });
    this.time = h("time", { class: "number" });
    this.text = h("p", { class: "text" });
    this.result = h("p", { class: "result" });
    this.more = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-comment", { comment: this.comment, button: this.more }) } }, icon("more"));
    this.append(h("div", { class: "who" }, this.chip, this.name, this.time), this.text, this.result, this.more);
  }

  /** Show a comment, or that it is being fetched where it is null; gives back whether anything has changed. */
  tellOf(comment, { state, t }, place) {
    setAttribute(this, "aria-posinset", place + 1);
    if (this.comment === comment && this.offers === state.offers.length) return false;
    this.offers = state.offers.length;
    this.show({ comment, state, t });
    return true;
  }

  update({ comment, state, t }) {
    this.comment = comment;
    setAttribute(this, "data-coming", comment === null);
    setAttribute(this.more, "hidden", comment === null);
    if (comment === null) return this.clear(t);
    const meaning = meaningOf(comment);
    setAttribute(this, "data-meaning", meaning);
    setAttribute(this.chip, "data-meaning", meaning);
    this.showIcon(byHost(comment) ? ICONS.other : (ICONS[comment.intent] ?? ICONS[meaning]));
    setText(this.word, className(comment, t));
    setText(this.name, comment.user.name);
    setAttribute(this.more, "aria-label", fill(t.stage.comment, comment.user));
    setText(this.time, wallTime(comment.at));
    showPieces(this.text, pieces(comment.text, comment.evidence));
    this.showResult(meaning === "other" ? [] : resultWords(comment, state, t));
  }

  clear(t) {
    setAttribute(this, "data-meaning", "other");
    setAttribute(this.chip, "data-meaning", null);
    this.showIcon(ICONS.other);
    setText(this.word, t.comments.coming);
    setText(this.name, "");
    setText(this.time, "");
    showPieces(this.text, []);
    this.showResult([]);
  }

  showIcon(name) {
    if (this.iconName === name) return;
    this.iconName = name;
    this.chip.replaceChildren(icon(name), this.word);
  }

  showResult(words) {
    setText(this.result, words.join(" · "));
    setAttribute(this.result, "hidden", words.length === 0);
  }
}

function className(comment, t) {
  if (byHost(comment)) return t.outcomes.host;
  const intent = t.intents[comment.intent] ?? comment.intent;
  return comment.topic ? `${intent}·${t.topics[comment.topic] ?? comment.topic}` : intent;
}

function resultWords(comment, state, t) {
  const what = inWords(comment.actions ?? [], comment.intent, state, t);
  const reason = comment.reason === t.intents[comment.intent] ? "" : comment.reason;
  return [what, t.outcomes[comment.outcome], reason].filter(Boolean);
}

customElements.define("lb-comment-row", CommentRow);
