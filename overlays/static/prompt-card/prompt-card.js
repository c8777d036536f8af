/** The open call ("要的扣1") with the seconds left on the service's clock. */
import { h, Part, setAttribute, setText } from "../../static/shared/dom.js";
import { secondsLeft } from "../../static/shared/format.js";
import { fill } from "../../static/shared/i18n/index.js";
import { claimsOf, kindsLeft, offerById, shortTitle } from "../../static/shared/select.js";

const HOT_BELOW_S = 10;
const SHORT_KEYWORD = 2;
const MIDDLE_KEYWORD = 4;
const MOST_KINDS = 3;

class PromptCard extends Part {
  build() {
    this.keyword = h("strong", { class: "keyword number" });
    this.want = h("p", { class: "want clip" });
    this.answer = h("p", { class: "answer" });
    this.seconds = h("strong", { class: "seconds number" });
    this.beforeWord = h("span");
    this.afterWord = h("span");
    this.level = h("span");
    const words = h("div", { class: "words" }, this.want, this.answer, h("p", { class: "left" }, this.beforeWord, this.seconds, this.afterWord));
    this.box = h("div", { class: "box" }, this.keyword, words, h("div", { class: "bar" }, this.level));
    this.append(this.box);
  }

  update({ state, clock, t }) {
    this.clock = clock;
    this.prompt = state.prompt;
    if (this.prompt) this.draw(state, t);
    this.tick();
  }

  draw(state, t) {
    const { keyword, ref_id: refId } = this.prompt;
    const offer = offerById(state, refId);
    setText(this.keyword, keyword);
    setAttribute(this.keyword, "data-size", keyword.length <= SHORT_KEYWORD ? "l" : keyword.length <= MIDDLE_KEYWORD ? "m" : "s");
    const choice = offer !== null && kindsLeft(offer).length > 0;
    setAttribute(this.keyword, "hidden", choice);
    setText(this.want, offer ? fill(choice ? t.overlay.wantWhich : t.overlay.want, { offer: shortTitle(offer) }) : "");
    setAttribute(this.want, "hidden", offer === null);
    setText(this.answer, choice ? claimsOf(offer, keyword).slice(0, MOST_KINDS).join(" / ") : `${t.overlay.answer} ${keyword}`);
    setText(this.beforeWord, t.overlay.secondsBefore);
    setText(this.afterWord, t.overlay.secondsAfter);
  }

  /** Count down; the card goes when its time is up, even before the service says so. */
  tick() {
    const left = this.prompt ? this.clock.until(this.prompt.closes_at) : 0;
    setAttribute(this.box, "data-shown", left > 0);
    if (left <= 0) return;
    const seconds = secondsLeft(left);
    setText(this.seconds, String(seconds));
    setAttribute(this.box, "data-hot", seconds <= HOT_BELOW_S);
    const whole = Date.parse(this.prompt.closes_at) - Date.parse(this.prompt.opened_at);
    this.level.style.transform = `scaleX(${Math.min(1, left / whole)})`;
  }
}

customElements.define("lb-prompt-card", PromptCard);
