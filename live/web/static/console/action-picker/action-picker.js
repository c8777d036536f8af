/** What a comment asks for, where it left something open: offer, variant and quantity by thumb. */
import "../choice/choice.js";
import "../../shared/stepper/stepper.js";
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById, offersInOrder, shortTitle } from "../../shared/select.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { inWords, whatToChoose } from "../actions.js";

const QUICK = Object.freeze([1, 2, 3, 5, 10]);
const PLAIN_BUY = Object.freeze({ op: "set", offer: null, variant: null, quantity: 1 });

class ActionEditor extends Part {
  build() {
    this.offers = document.createElement("lb-choice");
    this.variants = document.createElement("lb-choice");
    this.stepper = document.createElement("lb-stepper");
    this.howMany = h("h3");
    this.append(this.offers, this.variants, this.howMany, this.stepper);
    this.offers.addEventListener("lb-change", (event) => this.change({ offer: event.detail, variant: null }));
    this.variants.addEventListener("lb-change", (event) => this.change({ variant: event.detail }));
    this.stepper.addEventListener("lb-change", (event) => this.change({ quantity: event.detail }, { quiet: true }));
  }

  update({ action, state, t }) {
    this.action = action;
    this.shown = { state, t };
    const tiles = offersInOrder(state).map((offer) => offerTile(offer, t));
    this.offers.show({ label: t.pick.which, tiles, value: offerById(state, action.offer)?.id ?? null });
    this.showRest();
    if (action.op !== "cancel") this.stepper.show({ value: action.quantity ?? 1, picks: QUICK, words: this.stepWords() });
  }

  /** Scroll to what is chosen already: the list may be longer than its place. */
  showChosen() {
    this.querySelector("[aria-checked='true']")?.scrollIntoView({ block: "nearest" });
  }

  showRest() {
    const { state, t } = this.shown;
    const offer = offerById(state, this.action.offer);
    const variants = offer?.variants ?? [];
    setAttribute(this.variants, "hidden", variants.length === 0);
    const tiles = [{ value: null, name: t.pick.anyVariant }, ...variants.map((v) => ({ value: v.id, name: v.name }))];
    this.variants.show({ label: t.pick.variant, tiles, value: this.action.variant });
    const counts = this.action.op !== "cancel";
    setAttribute(this.stepper, "hidden", !counts);
    setAttribute(this.howMany, "hidden", !counts);
    setText(this.howMany, this.stepWords().label);
  }

  stepWords() {
    const { state, t } = this.shown;
    const unit = offerById(state, this.action.offer)?.unit ?? "";
    return { label: fill(t.pick.howMany, { unit }), fewer: t.pick.fewer, more: t.pick.more };
  }

  change(part, { quiet = false } = {}) {
    this.action = { ...this.action, ...part };
    if (!quiet) this.showRest();
    this.tell("lb-action", this.action);
  }
}

customElements.define("lb-action-editor", ActionEditor);

/**
 * Let the host complete or correct `actions` (an empty list is taken as a plain buy).
 * `onDone(actions)` gets them whole, once the button that names them has been tapped.
 */
export function pickActions({ title, comment, actions, state, t, onDone }) {
  let picked = (actions.length > 0 ? actions : [PLAIN_BUY]).map((action) => ({ ...action }));
  const done = h("button", { type: "button", class: "button order wide" });
  const showDone = () => {
    const lacking = whatToChoose(picked, comment.intent, state, t);
    setText(done, lacking ?? inWords(picked, comment.intent, state, t));
    done.disabled = lacking !== null;
  };
  const editors = picked.map((action, i) => {
    const editor = document.createElement("lb-action-editor");
    editor.addEventListener("lb-action", (event) => {
      picked = picked.map((held, k) => (k === i ? event.detail : held));
      showDone();
    });
    editor.show({ action, state, t });
    return editor;
  });
  showDone();
  const quote = h("p", { class: "quote" }, h("strong", {}, comment.user.name), ` ${comment.text}`);
  openSheet({
    title,
    body: [quote, ...editors],
    buttons: (close) => {
      done.addEventListener("click", () => (close(), onDone(picked)));
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), done];
    },
  });
  editors.forEach((editor) => editor.showChosen());
}

function offerTile(offer, t) {
  const number = offer.number === null ? "" : `${fill(t.offers.number, { n: offer.number })} `;
  const note = offer.available > 0 ? fill(t.now.left, { n: offer.available, unit: offer.unit }) : t.pick.soldOut;
  return { value: offer.id, name: number + shortTitle(offer), note };
}
