/** The code, large and as a QR symbol, for whoever hands out the bags. */
import { h, Part, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { spaced } from "../viewer/code.js";
import { qr } from "../viewer/qr.js";

class PassCard extends Part {
  build() {
    this.symbol = h("div", { class: "symbol" });
    this.label = h("span", { class: "quiet" });
    this.code = h("strong", { class: "number" });
    this.append(this.symbol, h("p", {}, this.label, this.code));
  }

  /** `qr`: the rows of the symbol; null where the code is only written. */
  update({ part, qr: rows, t }) {
    setText(this.label, rows === null ? t.basket.others : t.basket.show);
    setText(this.code, spaced(part.code));
    this.symbol.hidden = rows === null;
    if (rows !== null && this.drawn !== part.code) {
      this.drawn = part.code;
      this.symbol.replaceChildren(qr(rows, fill(t.basket.qr, { code: spaced(part.code) })));
    }
  }
}

customElements.define("lb-pass-card", PassCard);
