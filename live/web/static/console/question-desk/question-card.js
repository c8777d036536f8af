/**
 * One question of many: who asks, what could be answered, and one tap for each way to answer.
 * Tells `lb-answer {question, text, button}` (text null: by voice) and `lb-answer-edit {question, text, button}`.
 */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { shortTitle } from "../../shared/select.js";
import { timeTo } from "./ranking.js";
import { ago, took } from "./times.js";

class QuestionCard extends Part {
  build() {
    this.about = h("span", { class: "chip", "data-meaning": "question" }, icon("question"), (this.aboutWord = h("span", { class: "clip" })));
    this.order = h("span", { class: "chip", "data-meaning": "order" }, icon("order"), (this.orderWord = h("span")));
    this.text = h("p", { class: "text" });
    this.who = h("p", { class: "askers number" });
    this.answer = h("span", { class: "suggested" });
    this.from = h("span", { class: "from" });
    this.aloud = h("span", { class: "aloud" });
    this.voice = this.button("plain", () => this.say("lb-answer", this.voice, null));
    this.edit = this.button("plain edit", () => this.say("lb-answer-edit", this.edit, this.suggested));
    this.editWord = h("span");
    this.edit.append(icon("edit"), this.editWord);
    this.show_ = this.button("primary screen", () => this.say("lb-answer", this.show_, this.suggested));
    this.showWord = h("span");
    this.show_.append(icon("screen"), this.showWord);
    this.taps = h("div", { class: "taps" }, this.voice, this.edit, this.show_);
    this.done = h("p", { class: "done" }, icon("check"), (this.doneWord = h("span")));
    this.append(h("div", { class: "line" }, this.about, this.order), this.text, this.who, h("p", { class: "proposal" }, this.answer, " ", this.from, this.aloud), this.taps, this.done);
  }

  button(kind, click) {
    return h("button", { type: "button", class: `button ${kind}`, on: { click } });
  }

  update({ question, offer, suggestion, clock, t }) {
    Object.assign(this, { question, suggested: suggestion?.text ?? null });
    const open = question.state === "open";
    setAttribute(this, "data-state", question.state);
    setText(this.aboutWord, aboutWords(question, offer, t));
    setAttribute(this.about, "hidden", this.aboutWord.textContent === "");
    setAttribute(this.order, "hidden", question.orders === 0);
    setText(this.orderWord, fill(t.questions.orders, { n: question.orders }));
    setText(this.text, question.text);
    setText(this.who, whoWords(question, clock, t));
    setAttribute(this.answer.parentElement, "hidden", !open);
    setText(this.answer, suggestion?.text ?? t.questions.nothing);
    setAttribute(this.answer, "data-none", suggestion === null);
    setText(this.from, suggestion?.from ? fill(t.questions.from, suggestion) : "");
    setText(this.aloud, suggestion?.aloud ? fill(t.questions.aloud, suggestion) : "");
    setAttribute(this.taps, "hidden", !open);
    setAttribute(this.done, "hidden", open);
    setText(this.doneWord, open ? "" : fill(t.questions.took, { time: took(timeTo(question), t) }));
    this.showTaps(suggestion, t);
  }

  showTaps(suggestion, t) {
    const { text } = this.question;
    setText(this.voice, t.questions.byVoice);
    setAttribute(this.voice, "aria-label", `${t.questions.byVoice}：${text}`);
    setText(this.editWord, suggestion ? "" : t.questions.write);
    setAttribute(this.edit, "class", suggestion ? "button plain edit" : "button primary edit");
    setAttribute(this.edit, "aria-label", `${suggestion ? t.questions.edit : t.questions.write}：${text}`);
    setAttribute(this.show_, "hidden", suggestion === null);
    setText(this.showWord, t.questions.show);
    setAttribute(this.show_, "aria-label", `${t.questions.show}：${text}`);
  }

  say(name, button, text) {
    this.tell(name, { question: this.question, text, button });
  }
}

/** What it is about, in a chip: "土鸡蛋 · 品质". The words of topics are those of the comments, which may come later. */
function aboutWords({ topic }, offer, t) {
  return [offer ? shortTitle(offer) : null, t.topics?.[topic] ?? t.topics?.other].filter(Boolean).join(" · ");
}

/** "27 人问 · 最早 3 分钟前". */
function whoWords({ askers, first_at: first }, clock, t) {
  return `${fill(t.questions.askers, { n: askers })} · ${fill(t.questions.first, { ago: ago(clock.since(first), t) })}`;
}

customElements.define("lb-question-card", QuestionCard);
