/**
 * What is being shown, within reach of the thumb, and the call for a 扣1 with its countdown on the service's clock.
 * Tells `lb-prompt {offer, seconds, button}` and `lb-stop-prompt {button}`.
 */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, secondsLeft } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { claimsOf, kindsLeft, offerById, pinnedOffer, repliesTo, shortTitle } from "../../shared/select.js";

const LENGTHS_S = Object.freeze([30, 60, 15]);
const WARN_BELOW_S = 10;

class NowBar extends Part {
  build() {
    this.seconds = LENGTHS_S[0];
    this.left = h("span", { class: "left" });
    this.badge = h("span", { class: "badge number" });
    this.heading = h("strong", { class: "clip" });
    this.note = h("span", { class: "note clip number" });
    this.length = h("button", { type: "button", class: "button plain number length", on: { click: () => this.nextLength() } });
    this.ask = h("button", { type: "button", class: "button primary ask", on: { click: () => this.onAsk() } }, (this.askWord = h("span")));
    this.stop = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-stop-prompt", { button: this.stop }) } }, (this.stopWord = h("span")));
    this.append(this.left, this.badge, h("div", { class: "what" }, this.heading, this.note), this.length, this.ask, this.stop);
  }

  update({ state, clock, t }) {
    this.shown = { state, clock, t };
    const { prompt } = state;
    const offer = prompt ? offerById(state, prompt.ref_id) : pinnedOffer(state);
    this.offer = offer;
    setAttribute(this, "data-prompt", String(prompt !== null));
    setAttribute(this.badge, "hidden", offer === null || offer.number === null || prompt !== null);
    setText(this.badge, String(offer?.number ?? ""));
    for (const node of [this.length, this.ask]) setAttribute(node, "hidden", prompt !== null || offer === null);
    setAttribute(this.stop, "hidden", prompt === null);
    setText(this.stopWord, t.now.stop);
    setText(this.askWord, t.now.prompt);
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
    setText(this.length, fill(t.now.seconds, { n: this.seconds }));
    setAttribute(this.length, "aria-label", fill(t.now.secondsPick, { n: this.seconds }));
    const values = { n: this.seconds, unit: this.offer?.unit, offer: this.offer?.title };
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

  nextLength() {
    this.seconds = LENGTHS_S[(LENGTHS_S.indexOf(this.seconds) + 1) % LENGTHS_S.length];
    this.showLength();
  }

  onAsk() {
    this.tell("lb-prompt", { offer: this.offer, seconds: this.seconds, button: this.ask });
  }
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
