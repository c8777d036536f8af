/** A lucky bag that the owner of the page is in: what they have won, and the number that finds them on the public list. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { dayTime } from "../viewer/moments.js";

const MEANINGS = Object.freeze({ won: "order", claimed: "order", forfeited: "other" });

class DrawCard extends Part {
  build() {
    this.setAttribute("role", "listitem");
    this.heading = h("h3");
    this.state = h("p", { class: "chip" });
    this.what = h("p");
    this.entry = h("p", { class: "quiet entry" });
    this.proof = h("a", { class: "button plain" });
    this.append(h("div", { class: "head" }, this.heading, this.state), this.what, this.entry, this.proof);
  }

  update({ draw, clock, t }) {
    const { prize } = draw;
    setText(this.heading, draw.title);
    setText(this.state, stateOf(draw, t));
    setAttribute(this.state, "data-meaning", prize === null ? "other" : MEANINGS[prize.state]);
    this.what.hidden = prize === null || prize.state === "forfeited";
    setText(this.what, prize === null ? "" : whatOf(prize, clock, t));
    setText(this.entry, fill(t.draw.entry, { entry: draw.entry }));
    setText(this.proof, draw.state === "drawn" ? t.draw.check : t.draw.watch);
    setAttribute(this.proof, "href", `../draw/${encodeURIComponent(draw.id)}`);
  }
}

function stateOf({ state, prize }, t) {
  if (prize !== null) return fill(t.draw[prize.state], { prize: prize.prize });
  return state === "drawn" ? t.draw.lost : t.draw.drawing;
}

function whatOf({ state, how, claim_until: until, claimed_at: at }, clock, t) {
  if (state === "claimed") return dayTime(at, clock.now(), t);
  return fill(t.draw.how, { how, until: dayTime(until, clock.now(), t) });
}

customElements.define("lb-draw", DrawCard);
