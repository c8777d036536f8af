/** One cue at a time, over the foot of the text. A tap tells `lb-put-away`, its button `lb-cue-act` with `{cue, button}`. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { icon } from "../shared/icons.js";

const TONES = Object.freeze({
  source: ["trouble", "trouble"], audio: ["trouble", "trouble"], complaint: ["trouble", "trouble"], question: ["question", "question"],
  confirm: ["confirm", "confirm"], price: ["confirm", "confirm"], cutoff: ["confirm", "confirm"], bag: ["order", "gift"], flash: ["order", "bolt"],
  stock: ["order", "goods"], group: ["order", "goods"], case: ["order", "goods"], waitlist: ["order", "list"],
});

class CueCard extends Part {
  build() {
    this.sign = h("span", { class: "sign" });
    this.what = h("strong");
    this.todo = h("span", { class: "todo" });
    this.away = h("button", { type: "button", class: "away", on: { click: () => this.tell("lb-put-away") } }, this.sign, h("span", { class: "words" }, this.what, this.todo), (this.awayWord = h("span", { class: "only-read" })));
    this.act = h("button", { type: "button", class: "button" });
    this.act.addEventListener("click", () => this.tell("lb-cue-act", { cue: this.cue, button: this.act }));
    this.box = h("div", { class: "card", hidden: true }, this.away, this.act);
    this.append(h("div", { role: "status" }, this.box));
  }

  update({ cue, t }) {
    const came = cue !== null && cue.key !== this.cue?.key;
    this.cue = cue;
    setAttribute(this.box, "hidden", cue === null);
    if (cue === null) return;
    const words = t.cues.rules[cue.rule.id];
    const [tone, name] = TONES[cue.rule.id];
    setAttribute(this.box, "data-tone", tone);
    setAttribute(this.box, "data-rule", cue.rule.id);
    if (came) this.slideIn(name);
    setText(this.what, fill(said(words.say, cue.say), cue.values));
    setText(this.todo, fill(said(words.todo, cue.todo), cue.values));
    setText(this.awayWord, t.cues.away);
    setAttribute(this.act, "hidden", !cue.act);
    setText(this.act, words.act ?? "");
  }

  slideIn(name) {
    this.sign.replaceChildren(icon(name));
    this.box.classList.remove("coming");
    void this.box.offsetWidth; // so that the same box comes in anew for the next card
    this.box.classList.add("coming");
  }
}

function said(words, variant) {
  return typeof words === "string" ? words : (words[variant ?? "default"] ?? Object.values(words)[0]);
}

customElements.define("lb-cue-card", CueCard);
