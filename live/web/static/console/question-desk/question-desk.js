/**
 * What the room asks, like questions as one: what presses most first, answered below. The cards do not move while somebody
 * looks at them closely. Tells what its cards tell, and `lb-faq` for the answers that the shop has kept.
 */
import "./question-card.js";
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById } from "../../shared/select.js";
import { emptyState } from "../empty-state.js";
import { answered, figures, ranked, timeTo } from "./ranking.js";
import { NO_ORDER, settle } from "./steady.js";
import { suggestionOf } from "./suggestion.js";
import { took } from "./times.js";

/** More than anybody can answer at once; the number beside the title counts them all. */
const MOST_CARDS = 50;
const MOST_ANSWERED = 100;
const TOUCHES = Object.freeze(["pointerdown", "pointermove", "pointerup", "wheel", "scroll", "keydown"]);

class QuestionDesk extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")), (this.many = h("span", { class: "number" })));
    this.how = h("p", { class: "how number" });
    this.faq = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-faq", { button: this.faq }) } });
    this.list = h("ol", { class: "open" });
    this.answeredHead = h("h3");
    this.answered = h("ol", { class: "answered" });
    this.empty = emptyState("question");
    this.append(this.head, h("div", { class: "bar" }, this.how, this.faq), this.list, this.empty, this.answeredHead, this.answered);
    this.held = NO_ORDER;
    this.touchedAt = -Infinity;
    for (const kind of TOUCHES) this.addEventListener(kind, () => (this.touchedAt = performance.now()), { passive: true });
  }

  update(values) {
    this.values = values;
    const { state, t } = values;
    const { questions } = state;
    setText(this.heading, t.tabs.questions);
    setAttribute(this, "aria-label", t.tabs.questions);
    setText(this.how, howWords(figures(questions), t));
    setText(this.faq, state.faq.length > 0 ? fill(t.questions.faqMany, { n: state.faq.length }) : t.questions.faq);
    this.showOpen(values);
    this.showAnswered(answered(questions), t);
    setAttribute(this.empty, "hidden", this.held.ids.length > 0);
    this.empty.say(t.questions.empty, questions.length > 0 ? t.questions.allAnswered : t.questions.emptyNext);
  }

  showOpen({ state, clock, t }) {
    const open = ranked(state.questions, clock.now());
    const byId = new Map(state.questions.map((question) => [question.id, question]));
    const held = { ...this.held, ids: this.held.ids.filter((id) => byId.has(id)) };
    this.held = settle(held, open.map(({ id }) => id), performance.now(), this.isRead() ? performance.now() : this.touchedAt);
    const shown = this.held.ids.slice(0, MOST_CARDS).map((id) => byId.get(id));
    setText(this.many, String(open.length));
    setAttribute(this.head, "data-waiting", String(open.length > 0));
    keyed(this.list, shown, (question) => question.id, makeCard, (card, question) => {
      const offer = question.offer_id ? offerById(state, question.offer_id) : null;
      card.show({ question, offer, suggestion: suggestionOf(question, state, t), clock, t });
    });
  }

  /** Whether somebody goes through the cards by the keys. */
  isRead() {
    const focused = document.activeElement;
    return this.list.contains(focused) && focused.matches(":focus-visible");
  }

  showAnswered(questions, t) {
    const shown = questions.filter(({ id }) => !this.held.ids.includes(id)).slice(0, MOST_ANSWERED);
    setAttribute(this.answeredHead, "hidden", shown.length === 0);
    setText(this.answeredHead, t.questions.answered);
    keyed(this.answered, shown, (question) => question.id, makeRow, (row, question) => row.say(question, t));
  }

  /** Time passes: waits grow, and an order that has stood long enough may give way. */
  tick() {
    const second = Math.floor(performance.now() / 1_000);
    if (!this.values || second === this.second || this.offsetParent === null) return;
    this.second = second;
    this.update(this.values);
  }
}

/** "已答 12/15 · 一半 45 秒内 · 九成 2 分内". */
function howWords({ raised, answered: done, median, p90 }, t) {
  if (raised === 0) return "";
  const share = fill(t.questions.share, { n: done, all: raised });
  return done === 0 ? share : `${share} · ${fill(t.questions.speed, { median: took(median, t), p90: took(p90, t) })}`;
}

function makeCard() {
  return document.createElement("lb-question-card");
}

function makeRow() {
  const text = h("p", { class: "text" });
  const under = h("p", { class: "under number" });
  const answer = h("p", { class: "given" });
  const row = h("li", {}, text, under, answer);
  row.say = (question, t) => {
    const how = question.answer === null ? t.questions.voiced : t.questions.written;
    setText(text, question.text);
    setText(under, [fill(t.questions.askers, { n: question.askers }), fill(t.questions.took, { time: took(timeTo(question), t) }), how].join(" · "));
    setText(answer, question.answer ?? "");
    setAttribute(answer, "hidden", question.answer === null);
  };
  return row;
}

customElements.define("lb-question-desk", QuestionDesk);
