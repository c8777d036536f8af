/** A group chat or another system that something did not reach: what, why, and once more. Tells `lb-retry {letter, button}`. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { dayAndTime, hoursAndMinutes } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";

const MOST = 10;

class TargetCard extends Part {
  build() {
    this.heading = h("h3");
    this.why = h("p", { class: "notice" });
    this.letters = h("ul", { class: "letters" });
    this.more = h("p", { class: "times" });
    this.append(this.heading, this.why, this.letters, this.more);
  }

  update({ stuck: { target, letters, waited }, clock, t }) {
    const why = target.dead > 0 ? letters[0]?.error ?? target.last_error : target.last_error;
    const shown = letters.slice(0, MOST);
    setText(this.heading, headOf(target, waited, t));
    setAttribute(this.why, "hidden", !why);
    setText(this.why, why ?? "");
    keyed(this.letters, shown, (letter) => letter.id, (letter) => this.makeLetter(letter), (row, letter) => row.say(letter, why, clock, t));
    setAttribute(this.more, "hidden", target.dead === shown.length && target.dead > 0);
    setText(this.more, target.dead > 0 ? fill(t.sent.more, { n: target.dead - shown.length }) : t.sent.auto);
  }

  makeLetter(letter) {
    const what = h("span");
    const why = h("span", { class: "times" });
    const tap = h("button", { type: "button", class: "button", on: { click: () => this.tell("lb-retry", { letter, button: tap }) } });
    const row = h("li", {}, h("div", {}, what, why), tap);
    row.say = (now, headWhy, clock, t) => {
      const words = `${now.name || (t.sent.kinds[now.kind] ?? now.kind)} · ${dayAndTime(now.made_at, clock, t)}`;
      setText(what, words);
      setText(why, now.error === headWhy ? "" : (now.error ?? ""));
      setText(tap, t.sent.retry);
      setAttribute(tap, "aria-label", fill(t.sent.retryOf, { what: words }));
    };
    return row;
  }
}

function headOf(target, waited, t) {
  const where = fill(t.sent[target.form], target);
  if (target.dead > 0) return fill(t.sent.dead, { where, n: target.dead });
  return fill(t.sent.late, { where, n: target.waiting, time: hoursAndMinutes(waited, t.units) });
}

customElements.define("lb-target-card", TargetCard);
