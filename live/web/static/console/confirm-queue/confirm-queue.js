/**
 * Comments that wait for one tap, oldest first. What the tap will do stands on the button.
 * Tells `lb-accept`, `lb-pick`, `lb-dismiss` and, for all else, `lb-comment`, each `{comment, button}`.
 */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { pieces } from "../../shared/evidence.js";
import { wallTime } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { commentKey } from "../../shared/state.js";
import { describe, whatToChoose } from "../actions.js";
import { emptyState } from "../empty-state.js";
import { showPieces } from "../marked-text.js";

/** More than anybody can tap through at once; the number beside the title counts them all. */
const MOST_CARDS = 30;
const LONG_TEXT = 40;

class ConfirmQueue extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")), (this.many = h("span", { class: "number" })));
    this.list = h("ol");
    this.empty = emptyState("check");
    this.append(this.head, this.list, this.empty);
  }

  /** `evidenceOf(comment)` finds what was understood of a comment; null until the page has it. */
  update({ state, evidenceOf, t }) {
    setText(this.heading, t.tabs.confirm);
    setAttribute(this, "aria-label", t.tabs.confirm);
    setText(this.many, String(state.confirmations.length));
    setAttribute(this.head, "data-waiting", String(state.confirmations.length > 0));
    setAttribute(this.empty, "hidden", state.confirmations.length > 0);
    this.empty.say(t.confirm.empty, t.confirm.emptyNext);
    if (state.offers !== this.offers) this.named = wordsOf(state.offers);
    this.offers = state.offers;
    const show = (card, comment) => card.tells(comment, this.named) || card.show({ comment, state, evidenceOf, t });
    keyed(this.list, state.confirmations.slice(0, MOST_CARDS), commentKey, makeCard, show);
  }
}

class ConfirmCard extends Part {
  build() {
    this.kind = h("span", { class: "chip", "data-meaning": "confirm" }, icon("confirm"), (this.intent = h("span")));
    this.name = h("strong", { class: "clip" });
    this.weak = h("span", { class: "chip" });
    this.time = h("time", { class: "number" });
    this.text = h("p", { class: "text" });
    this.reason = h("p", { class: "reason" });
    this.dismiss = h("button", { type: "button", class: "button plain", on: { click: () => this.say("lb-dismiss", this.dismiss) } });
    this.edit = h("button", { type: "button", class: "button plain edit", on: { click: () => this.say("lb-pick", this.edit) } }, icon("edit"));
    this.accept = h("button", { type: "button", class: "button order accept", on: { click: () => this.onAccept() } });
    this.more = h("button", { type: "button", class: "button bare more", on: { click: () => this.say("lb-comment", this.more) } }, icon("more"));
    this.append(
      h("div", { class: "who" }, this.kind, this.name, this.weak, this.time, this.more),
      this.text,
      this.reason,
      h("div", { class: "taps" }, this.dismiss, this.edit, this.accept),
    );
  }

  /** Whether the card shows this comment, with these words for goods, and all that was understood of it. */
  tells(comment, named) {
    const same = this.comment === comment && this.named === named && Boolean(this.evidence);
    this.named = named;
    return same;
  }

  update({ comment, state, evidenceOf, t }) {
    this.comment = comment;
    this.choose = whatToChoose(comment.actions, comment.intent, state, t);
    setText(this.intent, t.intents[comment.intent]);
    setText(this.name, comment.user.name);
    setText(this.weak, t.weak);
    setAttribute(this.weak, "hidden", !comment.user.weak);
    setText(this.time, wallTime(comment.at));
    this.evidence ??= evidenceOf(comment);
    setAttribute(this.more, "aria-label", fill(t.stage.comment, comment.user));
    showPieces(this.text, pieces(comment.text, this.evidence));
    setAttribute(this.text, "data-long", comment.text.length > LONG_TEXT);
    setText(this.reason, comment.reason ?? "");
    setAttribute(this.reason, "hidden", !comment.reason);
    this.showTaps(comment, state, t);
  }

  showTaps(comment, state, t) {
    setText(this.dismiss, t.confirm.dismiss);
    setAttribute(this.dismiss, "aria-label", `${t.confirm.dismiss}：${comment.user.name} ${comment.text}`);
    setAttribute(this.edit, "aria-label", `${t.confirm.edit}：${comment.user.name} ${comment.text}`);
    setAttribute(this.edit, "hidden", this.choose !== null);
    const lines = this.choose ? [{ verb: this.choose, name: "", tail: "" }] : comment.actions.map((a) => describe(a, comment.intent, state, t));
    setAttribute(this.accept, "class", this.choose ? "button accept" : "button order accept");
    showLines(this.accept, lines);
  }

  onAccept() {
    this.say(this.choose ? "lb-pick" : "lb-accept", this.accept);
  }

  say(name, button) {
    this.tell(name, { comment: this.comment, button });
  }
}

function showLines(button, lines) {
  const wanted = JSON.stringify(lines);
  if (button.shownLines === wanted) return;
  button.shownLines = wanted;
  const rows = lines.map(({ verb, name, tail }) =>
    h("span", { class: "line" }, h("span", {}, verb), h("span", { class: "clip" }, name), h("span", { class: "number" }, tail)),
  );
  button.replaceChildren(h("span", { class: "lines" }, ...rows));
}

/** All that a card says of goods; their stock, which changes with every order, is none of it. */
function wordsOf(offers) {
  return JSON.stringify(offers.map(({ id, title, unit, variants }) => [id, title, unit, variants.map((kind) => [kind.id, kind.name])]));
}

function makeCard() {
  return document.createElement("lb-confirm-card");
}

customElements.define("lb-confirm-card", ConfirmCard);
customElements.define("lb-confirm-queue", ConfirmQueue);
