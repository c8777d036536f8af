/** The latest comments with what was understood and why; newest at the bottom, beside the thumb. Tells `lb-comment {comment, button}`. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { pieces } from "../../shared/evidence.js";
import { wallTime } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { byHost, inWords, meaningOf } from "../actions.js";
import { emptyState } from "../empty-state.js";
import "../source-line/source-line.js";
import { showPieces } from "../marked-text.js";

const NEAR_THE_END_PX = 48;

const ICONS = Object.freeze({
  order: "order",
  question: "question",
  confirm: "confirm",
  trouble: "trouble",
  other: "chat",
  praise: "heart",
  giveaway: "gift",
});

class CommentStream extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")));
    this.list = h("div", { role: "log", class: "rows" });
    this.empty = emptyState("chat");
    this.fresh = h("button", { type: "button", class: "button primary fresh", hidden: true, on: { click: () => this.toEnd() } });
    this.freshWord = h("span", { class: "number" });
    this.fresh.append(icon("down"), this.freshWord);
    this.sources = document.createElement("lb-source-line");
    this.append(this.head, this.sources, this.list, this.empty, this.fresh);
    this.unseen = 0;
    this.follows = true;
    this.addEventListener("scroll", () => this.onScroll(), { passive: true });
  }

  /** `comments`: the latest ones, oldest first. */
  update({ comments, state, clock, t }) {
    this.sources.show({ comments, state, clock, t });
    const newest = comments.at(-1)?.n ?? 0;
    if (!this.follows && newest > this.newest) this.unseen += newest - this.newest;
    this.newest = newest;
    setText(this.heading, t.comments.list);
    setAttribute(this, "aria-label", t.comments.list);
    setAttribute(this.list, "aria-label", t.comments.list);
    setAttribute(this.empty, "hidden", comments.length > 0);
    this.empty.say(t.comments.empty, t.comments.emptyNext);
    keyed(this.list, comments, (comment) => comment.n, makeRow, (row, comment) => row.show({ comment, state, t }));
    setAttribute(this.fresh, "hidden", this.unseen === 0);
    setText(this.freshWord, fill(t.comments.fresh, { n: this.unseen }));
    if (this.follows) this.scrollTop = this.scrollHeight;
  }

  /** Only what changes with time. */
  tick() {
    this.sources?.tick?.();
  }

  onScroll() {
    this.follows = this.scrollHeight - this.scrollTop - this.clientHeight < NEAR_THE_END_PX;
    if (this.follows) this.unseen = 0;
    setAttribute(this.fresh, "hidden", this.unseen === 0);
  }

  toEnd() {
    this.scrollTop = this.scrollHeight;
  }
}

class CommentRow extends Part {
  build() {
    this.chip = h("span", { class: "chip" });
    this.word = h("span");
    this.name = h("span", { class: "name clip" });
    this.time = h("time", { class: "number" });
    this.text = h("p", { class: "text" });
    this.result = h("p", { class: "result" });
    this.more = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-comment", { comment: this.shownComment, button: this.more }) } }, icon("more"));
    this.append(h("div", { class: "who" }, this.chip, this.name, this.time), this.text, this.result, this.more);
  }

  update({ comment, state, t }) {
    if (this.shownComment === comment && this.shownOffers === state.offers.length) return;
    this.shownComment = comment;
    this.shownOffers = state.offers.length;
    const meaning = meaningOf(comment);
    setAttribute(this, "data-meaning", meaning);
    setAttribute(this.chip, "data-meaning", meaning);
    this.chip.replaceChildren(icon(byHost(comment) ? ICONS.other : (ICONS[comment.intent] ?? ICONS[meaning])), this.word);
    setText(this.word, className(comment, t));
    setText(this.name, comment.user.name);
    setAttribute(this.more, "aria-label", fill(t.stage.comment, comment.user));
    setText(this.time, wallTime(comment.at));
    showPieces(this.text, pieces(comment.text, comment.evidence));
    this.showResult(comment, meaning, state, t);
  }

  showResult(comment, meaning, state, t) {
    const words = meaning === "other" ? [] : resultWords(comment, state, t);
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

function makeRow() {
  return document.createElement("lb-comment-row");
}

customElements.define("lb-comment-row", CommentRow);
customElements.define("lb-comment-stream", CommentStream);
