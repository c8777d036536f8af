/**
 * Under the top bar: what waits for the network or was not sent, and for a moment what the others have done.
 * Tells `lb-send-again {entry}`, `lb-send-never {entry}`, `lb-who` and `lb-who-skip`.
 */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";

const NEWS_MS = 6_000;

class TeamLine extends Part {
  build() {
    this.newest = h("p", { class: "news", role: "status", hidden: true });
    this.wait = h("p", { class: "wait", role: "status", hidden: true }, icon("link"), (this.waitWord = h("span", { class: "clip" })));
    this.failed = h("ol");
    this.ask = this.makeAsk();
    this.append(this.wait, this.failed, this.ask, this.newest);
    this.many = 0;
  }

  /** `entries`: what has not been answered; `asks`: whether to ask who this is. */
  update({ entries, wordsOf, asks, t }) {
    const waiting = entries.filter(({ state }) => state === "waiting");
    const held = waiting.some(({ tried }) => tried > 0);
    const what = held ? wordsOf(waiting[0]) : "";
    setAttribute(this.wait, "hidden", !held);
    setText(this.waitWord, fill(waiting.length > 1 ? t.team.waitingMore : t.team.waiting, { what, n: waiting.length }));
    const failed = entries.filter(({ state }) => state === "failed");
    keyed(this.failed, failed, ({ key }) => key, (entry) => this.makeFailed(entry), (row, entry) => row.say(entry, wordsOf(entry), t));
    this.showAsk(asks, t);
  }

  /** Say what somebody else has done, for a moment; of many the last, and how many more. */
  news(words, t) {
    this.many += 1;
    setText(this.newest, this.many > 1 ? fill(t.team.more, { words, n: this.many - 1 }) : words);
    setAttribute(this.newest, "hidden", null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.clearNews(), NEWS_MS);
  }

  clearNews() {
    this.many = 0;
    setAttribute(this.newest, "hidden", true);
  }

  makeFailed(entry) {
    const what = h("strong");
    const why = h("span", { class: "why" });
    const never = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-send-never", { entry }) } });
    const again = h("button", { type: "button", class: "button", on: { click: () => this.tell("lb-send-again", { entry }) } });
    const row = h("li", {}, icon("trouble"), h("div", { class: "what", role: "alert" }, what, why), never, again);
    row.say = ({ tried }, words, t) => {
      setText(what, fill(tried > 0 ? t.team.unsure : t.team.failed, { what: words }));
      setText(why, tried > 0 ? t.team.unsureWhy : t.team.failedWhy);
      setText(never, t.team.drop);
      setText(again, t.team.again);
      setAttribute(never, "aria-label", `${t.team.drop}：${words}`);
      setAttribute(again, "aria-label", `${t.team.again}：${words}`);
    };
    return row;
  }

  makeAsk() {
    this.question = h("span", { class: "what" });
    this.skip = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-who-skip") } });
    this.me = h("button", { type: "button", class: "button primary", on: { click: () => this.tell("lb-who", { button: this.me }) } });
    return h("div", { class: "ask", hidden: true }, this.question, this.skip, this.me);
  }

  showAsk(asks, t) {
    setAttribute(this.ask, "hidden", !asks);
    setText(this.question, t.team.ask);
    setText(this.skip, t.team.skip);
    setText(this.me, t.team.me);
  }
}

customElements.define("lb-team-line", TeamLine);
