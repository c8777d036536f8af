/** What this browser has ordered already, and the way to its page. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { icon } from "../shared/icons.js";
import { spaced } from "../viewer/code.js";
import { withLanguage } from "../viewer/page.js";

class MineCard extends Part {
  build() {
    this.name = h("strong");
    this.summary = h("span", { class: "number" });
    this.code = h("span", { class: "number code" });
    this.link = h("a", { class: "button plain" });
    this.append(icon("check"), h("div", {}, this.name, this.summary, this.code), this.link);
  }

  update(mine, open, t) {
    const alive = mine.lines.filter((line) => line.state !== "cancelled" && line.state !== "expired");
    const n = alive.reduce((sum, line) => sum + line.quantity, 0);
    const w = alive.reduce((sum, line) => sum + line.waiting, 0);
    const parts = [n > 0 ? fill(t.mine.summary, { n, amount: mine.amount }) : null, w > 0 ? fill(t.mine.waiting, { w }) : null];
    setText(this.name, t.mine.title);
    setText(this.summary, parts.filter(Boolean).join(" · ") || t.mine.none);
    setText(this.code, spaced(mine.code));
    setText(this.link, open ? t.mine.change : t.mine.open);
    setAttribute(this.link, "href", withLanguage(`../r/${mine.code}`));
  }
}

customElements.define("lb-mine-card", MineCard);
