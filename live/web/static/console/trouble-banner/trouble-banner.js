/** What the host must know now: what, why, and the way out. Empty when all is well. */
import { h, keyed, Part, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";

class TroubleBanner extends Part {
  build() {
    this.list = h("ul");
    this.append(h("div", { role: "alert" }, this.list));
  }

  /** `troubles`: `[{code, what, why, todo}]`. */
  update({ troubles }) {
    keyed(this.list, troubles, (trouble) => trouble.code, makeRow, showRow);
  }
}

function makeRow() {
  const row = h("li", {}, icon("trouble"));
  row.what = h("strong");
  row.why = h("p");
  row.todo = h("p", { class: "todo" });
  row.append(h("div", {}, row.what, row.why, row.todo));
  return row;
}

function showRow(row, { what, why, todo }) {
  setText(row.what, what);
  setText(row.why, why);
  setText(row.todo, todo);
}

customElements.define("lb-trouble-banner", TroubleBanner);
