/**
 * What is being shown, within reach of the thumb, and the call for a 扣1 with its countdown on the service's clock.
 * Tells `lb-prompt {offer, seconds, button}`, `lb-stop-prompt {button}` and `lb-activities {button}`.
 */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, secondsLeft } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { claimsOf, kindsLeft, offerById, pinnedOffer, repliesTo, shortTitle } from "../../shared/select.js";

const FIRST_S = 30;
const USED_KEY = "linbo-prompt";
const WARN_BELOW_S = 10;

class NowBar extends Part {
  build() {
    this.left = h("span", { class: "left" });
    this.badge = h("span", { class: "badge number" });
    this.heading = h("strong", { class: "clip" });
    this.note = h("span", { class: "note clip number" });
    this.ask = h("button", { type: "button", class: "button primary ask", on: { click: () => this.onAsk() } }, (this.askWord = h("span")));
    this.stop = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-stop-prompt", { button: this.stop }) } }, (this.stopWord = h("span")));
    this.more = h("button", { type: "button", class: "button more", on: { click: () => this.tell("lb-activities", { button: this.more }) } }, (this.moreWord = h("span")));
    this.append(this.left, this.badge, h("div", { class: "what" }, this.heading, this.note), this.ask, this.stop, this.more);
  }

  update({ state, clock, t }) {
    this.shown = { state, clock, t };
    const { prompt } = state;
    const offer = prompt ? offerById(state, prompt.ref_id) : pinnedOffer(state);
    this.offer = offer;
    setAttribute(this, "data-prompt", String(prompt !== null));
    setAttribute(this.badge, "hidden", offer === null || offer.number === null || prompt !== null);
    setText(this.badge, String(offer?.number ?? ""));
    setAttribute(this.ask, "hidden", prompt !== null || offer === null);
    setAttribute(this.stop, "hidden", prompt === null);
    setText(this.stopWord, t.now.stop);
    setText(this.askWord, t.now.prompt);
    setText(this.moreWord, t.stage.open);
    this.showWords(offer, prompt, t);
    this.showLength();
    this.tick();
  }

  showWords(offer, prompt, t) {
    if (prompt) setText(this.heading, promptWords(offer, prompt, t));
    else setText(this.heading, offer ? offer.title : t.now.none);
    if (!prompt) setText(this.note, offer ? stockWords(offer, t) : t.now.noneNext);
  }

  showLength() {
    const { t } = this.shown;
    const values = { n: secondsUsed(), unit: this.offer?.unit, offer: this.offer?.title };
    setAttribute(this.ask, "aria-label", fill(t.now.promptFor, values));
  }

  /** Only what changes with time. */
  tick() {
    const { state, clock, t } = this.shown ?? {};
    if (!state?.prompt) return;
    const { prompt } = state;
    const left = clock.until(prompt.closes_at);
    const whole = Date.parse(prompt.closes_at) - Date.parse(prompt.opened_at);
    const seconds = secondsLeft(left);
    setText(this.note, `${fill(t.now.seconds, { n: seconds })} · ${fill(t.now.replies, { n: repliesTo(state, prompt) })}`);
    setAttribute(this, "data-soon", String(seconds <= WARN_BELOW_S));
    this.left.style.transform = `scaleX(${Math.min(1, left / whole)})`;
  }

  onAsk() {
    this.tell("lb-prompt", { offer: this.offer, seconds: secondsUsed(), button: this.ask });
  }
}

/** As long as the last one that was set up by hand, under 活动. */
function secondsUsed() {
  const [, seconds] = /"seconds":(\d+)/u.exec(localStorage.getItem(USED_KEY) ?? "") ?? [];
  return Number(seconds) || FIRST_S;
}

function promptWords(offer, { keyword }, t) {
  if (!offer) return fill(t.now.presence, { keyword });
  return fill(t.now.running, { keyword: claimsOf(offer, keyword)[0], offer: shortTitle(offer) });
}

function stockWords(offer, t) {
  const left = offer.available > 0 ? fill(t.now.left, { n: count(offer.available), unit: offer.unit }) : t.now.out;
  return kindsLeft(offer).length > 0 ? `${left} · ${t.now.which}` : left;
}

customElements.define("lb-now-bar", NowBar);
