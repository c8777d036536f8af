/** The open call ("要的扣1") with the seconds left on the service's clock. */
import { h, setAttribute, setText } from "../../static/shared/dom.js";
import { secondsLeft } from "../../static/shared/format.js";
import { claimsOf, kindsLeft, offerById, shortTitle } from "../../static/shared/select.js";
import { Guest } from "../overlay/guest.js";
import { setLevel } from "../overlay/motion.js";
import { bagOn, pollOn, promptOn } from "../overlay/on.js";
import { isHot } from "../overlay/time.js";
import { fill } from "../overlay/words/index.js";

const SHORT_KEYWORD = 2;
const MIDDLE_KEYWORD = 4;
const MOST_KINDS = 3;
const ONE_LINE = 9;

class PromptCard extends Guest {
  build() {
    this.keyword = h("strong", { class: "keyword number" });
    this.want = h("p", { class: "want" });
    this.answer = h("p", { class: "answer" });
    this.seconds = h("strong", { class: "seconds number" });
    this.beforeWord = h("span");
    this.afterWord = h("span");
    this.level = h("span");
    const words = h("div", { class: "words" }, this.want, this.answer, h("p", { class: "left" }, this.beforeWord, this.seconds, this.afterWord));
    this.append(h("section", { class: "box panel" }, this.keyword, words, h("div", { class: "bar" }, this.level)));
  }

  wants({ state, now, page }) {
    return promptOn(state, now, coveredBy(page.layers, state, now));
  }

  update({ state, now, t }, prompt) {
    this.draw(state, prompt, t);
    const left = Date.parse(prompt.closes_at) - now;
    setText(this.seconds, String(secondsLeft(left)));
    setAttribute(this.box, "data-hot", isHot(left));
    setLevel(this.level, left / (Date.parse(prompt.closes_at) - Date.parse(prompt.opened_at)));
  }

  draw(state, prompt, t) {
    const { keyword } = prompt;
    const offer = offerById(state, prompt.ref_id);
    const choice = prompt.meaning === "claim" && offer !== null && kindsLeft(offer).length > 0;
    setText(this.keyword, keyword);
    setAttribute(this.keyword, "data-size", keyword.length <= SHORT_KEYWORD ? "l" : keyword.length <= MIDDLE_KEYWORD ? "m" : "s");
    setAttribute(this.keyword, "hidden", choice);
    const want = wantWords(state, prompt, offer, choice, t);
    setText(this.want, want);
    setAttribute(this.want, "data-long", [...want].length > ONE_LINE);
    setAttribute(this.want, "hidden", want === "");
    setText(this.answer, choice ? claimsOf(offer, keyword).slice(0, MOST_KINDS).join(" / ") : keyword.length > MIDDLE_KEYWORD ? t.prompt.answerLong : `${t.prompt.answer} ${keyword}`);
    setText(this.beforeWord, t.prompt.secondsBefore);
    setText(this.afterWord, t.prompt.secondsAfter);
  }
}

/** What a call for it would only say a second time: the poll and the bag ask for themselves. */
function coveredBy(layers, state, now) {
  return [
    ...(layers.includes("poll") && pollOn(state, now)?.state === "open" ? ["poll"] : []),
    ...(layers.includes("bag") && bagOn(state, now)?.state === "open" ? ["giveaway"] : []),
  ];
}

function wantWords(state, { meaning, ref_id: ref }, offer, choice, t) {
  if (meaning === "claim") return offer ? fill(choice ? t.prompt.wantWhich : t.prompt.want, { offer: shortTitle(offer) }) : "";
  if (meaning === "giveaway") return fill(t.prompt.giveaway, { title: state.giveaways.find(({ id }) => id === ref)?.title ?? t.bag.name });
  return t.prompt[meaning] ?? "";
}

customElements.define("lb-prompt-card", PromptCard);
