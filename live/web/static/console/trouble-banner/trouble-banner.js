/** What the host must know now: what, why, and the way out. Empty when all is well. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";

class TroubleBanner extends Part {
  build() {
    this.folded = new Set();
    this.said = h("p", { class: "only-read", role: "alert" });
    this.list = h("ul");
    this.rest = h("button", { type: "button", class: "rest", on: { click: () => this.tell("lb-health") } });
    this.append(this.said, this.list, this.rest);
  }

  /**
   * `troubles`: `[{code, what, why, todo, mild?, acts?}]`, the worst first; `acts` are `{word, name, detail?}`: a tap tells
   * the page `name`. `brief`: the worst alone, and a tap to the others. Only `what` is read out: figures change all the time.
   */
  update({ troubles, t, brief = false }) {
    const seen = brief ? troubles.slice(0, 1) : troubles;
    for (const code of this.folded) if (!seen.some((trouble) => trouble.code === code)) this.folded.delete(code);
    setText(this.said, seen.map(({ what }) => what).join(" "));
    keyed(this.list, seen, ({ code }) => code, ({ code }) => this.makeRow(code), (row, trouble) => this.showRow(row, trouble, t));
    setAttribute(this.rest, "hidden", troubles.length === seen.length);
    setText(this.rest, fill(t.trouble.rest, { n: troubles.length - seen.length }));
  }

  makeRow(code) {
    const row = h("li");
    row.what = h("strong");
    row.head = h("button", { type: "button", class: "head", on: { click: () => this.fold(code) } }, icon("trouble"), row.what, icon("ahead"));
    row.why = h("p");
    row.todo = h("p", { class: "todo" });
    row.acts = h("div", { class: "acts" });
    row.body = h("div", { class: "body" }, row.why, row.todo, row.acts);
    row.append(row.head, row.body);
    return row;
  }

  showRow(row, { code, what, why, todo, mild = false, acts = [] }) {
    const folded = this.folded.has(code);
    setAttribute(row, "data-mild", mild);
    setText(row.what, what);
    setText(row.why, why);
    setText(row.todo, todo);
    setAttribute(row.todo, "hidden", !todo);
    setAttribute(row.head, "aria-expanded", String(!folded));
    setAttribute(row.body, "hidden", folded);
    setAttribute(row.acts, "hidden", acts.length === 0);
    keyed(row.acts, acts, ({ name }) => name, (act) => makeAct(act, row), showAct);
  }

  /** Seen: it stays as one line until it is over. */
  fold(code) {
    const row = this.list.keyedChildren.get(code);
    if (!this.folded.delete(code)) this.folded.add(code);
    setAttribute(row.head, "aria-expanded", String(!this.folded.has(code)));
    setAttribute(row.body, "hidden", this.folded.has(code));
  }
}

function makeAct({ name }, row) {
  const button = h("button", { type: "button", class: "button" });
  button.addEventListener("click", () =>
    row.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { ...button.detail, button } })),
  );
  return button;
}

function showAct(button, { word, detail = {} }) {
  button.detail = detail;
  setText(button, word);
}

customElements.define("lb-trouble-banner", TroubleBanner);
