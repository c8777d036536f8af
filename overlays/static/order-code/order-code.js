/**
 * The way to order when comments do not arrive: the QR code of the shop's page, by itself while a source is not heard.
 *
 * While some source still brings comments a prompt goes before it; when none does, a prompt would only disappoint.
 */
import { h, Part, setAttribute, setText } from "../../static/shared/dom.js";
import { orderLink } from "../../static/shared/links.js";
import { allUnheard, unheardSources } from "../../static/shared/sources.js";
import { qr } from "../../static/viewer/qr.js";

const ASK_AGAIN_MS = 5_000;
const NOBODY_ELSE = "this_machine";

class OrderCode extends Part {
  build() {
    this.symbol = h("div", { class: "symbol" });
    this.when = h("span");
    this.what = h("span");
    this.how = h("p", { class: "how" });
    this.box = h("div", { class: "box" }, this.symbol, h("div", { class: "words" }, h("p", { class: "call" }, this.when, this.what), this.how));
    this.append(this.box);
    this.link = null;
    this.askedAt = -Infinity;
  }

  /** `ask`: `{room, token}`, by which the link is asked for. */
  update({ state, t, ask }) {
    this.ask = ask;
    this.t = t;
    this.wanted = unheardSources(state).length > 0;
    this.first = allUnheard(state) || !state.prompt;
    if (!this.wanted) this.link = null;
    this.tick();
  }

  /** Ask for the link when it is wanted; show the code when it is there and somebody can open it. */
  tick() {
    if (this.wanted && this.link === null) this.fetch();
    const shown = this.wanted && this.first && this.link !== null && this.link.reach !== NOBODY_ELSE;
    setAttribute(this.box, "data-shown", shown);
    setAttribute(this.parentElement, "data-code", shown);
  }

  async fetch() {
    if (performance.now() - this.askedAt < ASK_AGAIN_MS) return;
    this.askedAt = performance.now();
    const link = await orderLink(this.ask.room, this.ask.token);
    if (link === null || !this.wanted) return;
    this.link = link;
    this.symbol.replaceChildren(qr(link.qr, this.t.overlay.code));
    setText(this.when, this.t.overlay.codeWhen);
    setText(this.what, this.t.overlay.code);
    setText(this.how, this.t.overlay.codeHow);
    this.tick();
  }
}

customElements.define("lb-order-code", OrderCode);
