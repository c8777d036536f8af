/**
 * After the end: what is still to be done until the cut-off, the report, and the way to the next evening.
 * Tells `lb-next` when the next one is to be set up.
 */
import { h, Part, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { pointAt, reportLink } from "../report-link.js";

class AfterBar extends Part {
  build() {
    this.heading = h("strong", { class: "clip" });
    this.note = h("span", { class: "note number" });
    this.report = reportLink();
    this.next = h("button", { type: "button", class: "button primary", on: { click: () => this.tell("lb-next") } });
    this.append(h("div", { class: "what" }, this.heading, this.note), this.report, this.next);
  }

  update({ state, clock, t }) {
    setText(this.heading, t.after.ended);
    setText(this.note, whatRemains(state, clock, t));
    pointAt(this.report, state.session, t.after.report);
    setText(this.next, t.after.next);
  }
}

function whatRemains({ session, confirmations }, clock, t) {
  if (clock.until(session.cycle.cutoff_at) === 0) return t.after.locked;
  return confirmations.length > 0 ? fill(t.after.waiting, { n: confirmations.length }) : t.after.open;
}

customElements.define("lb-after-bar", AfterBar);
