/** What the host must know now: what, why, and the way out. Empty when all is well. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";

class TroubleBanner extends Part {
  build() {
    this.list = h("ul");
    this.append(h("div", { role: "alert" }, this.list));
  }

  /** `troubles`: `[{code, what, why, todo, act}]`; `act` is `{word, name}`: a tap tells the page `name`. */
  update({ troubles }) {
    keyed(this.list, troubles, (trouble) => trouble.code, makeRow, showRow);
  }
}

function makeRow() {
  const row = h("li", {}, icon("trouble"));
  row.what = h("strong");
  row.why = h("p");
  row.todo = h("p", { class: "todo" });
  row.act = h("button", { type: "button", class: "button" });
  row.act.addEventListener("click", () => row.dispatchEvent(new CustomEvent(row.tells, { bubbles: true })));
  row.append(h("div", {}, row.what, row.why, row.todo, row.act));
  return row;
}

function showRow(row, { what, why, todo, act = null }) {
  setText(row.what, what);
  setText(row.why, why);
  setText(row.todo, todo);
  setText(row.act, act?.word ?? "");
  setAttribute(row.act, "hidden", act === null);
  row.tells = act?.name;
}

customElements.define("lb-trouble-banner", TroubleBanner);
