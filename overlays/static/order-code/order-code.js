/**
 * The way to order when comments do not arrive: the QR code of the shop's page. By itself while a source is not heard, and
 * as long as the host shows it by hand.
 */
import { h, setText } from "../../static/shared/dom.js";
import { orderLink } from "../../static/shared/links.js";
import { runningSession } from "../../static/shared/select.js";
import { unheardSources } from "../../static/shared/sources.js";
import { qr } from "../../static/viewer/qr.js";
import { Guest } from "../overlay/guest.js";

const ASK_AGAIN_MS = 5_000;
const NOBODY_ELSE = "this_machine";

class OrderCode extends Guest {
  build() {
    this.symbol = h("div", { class: "symbol" });
    this.when = h("span");
    this.what = h("span");
    this.how = h("p", { class: "how" });
    const words = h("div", { class: "words" }, h("p", { class: "call" }, this.when, this.what), this.how);
    this.append(h("section", { class: "box panel" }, this.symbol, words));
    this.link = null;
    this.askedAt = -Infinity;
  }

  /** Wanted as soon as the link is there and somebody else can open it; asked for anew each time it is wanted. */
  wants({ state, page }) {
    const deaf = unheardSources(state).length > 0;
    const byHand = runningSession(state)?.order_code === true;
    if (!deaf && !byHand) this.link = null;
    else if (this.link === null) this.fetch(page);
    return this.link === null || this.link.reach === NOBODY_ELSE ? null : { id: this.link.url, deaf };
  }

  update({ t }, { deaf }) {
    if (this.drawn !== this.link.url) {
      this.drawn = this.link.url;
      this.symbol.replaceChildren(qr(this.link.qr, t.code.call));
    }
    setText(this.when, deaf ? t.code.when : "");
    setText(this.what, t.code.call);
    setText(this.how, t.code.how);
  }

  async fetch({ room, token }) {
    if (performance.now() - this.askedAt < ASK_AGAIN_MS) return;
    this.askedAt = performance.now();
    this.link = await orderLink(room, token);
  }
}

customElements.define("lb-order-code", OrderCode);
