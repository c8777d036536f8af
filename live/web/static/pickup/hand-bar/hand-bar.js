/** What is to pay, and the one big tap. Tells `lb-hand` with what the tap means: "hand", "again", "weigh" or "next". */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { amount } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { sumFen } from "../lines.js";
import { FETCHABLE } from "../lists.js";
import { whyNothing } from "../picking.js";
import { decimal } from "../weigh.js";

class HandBar extends Part {
  build() {
    this.label = h("span");
    this.money = h("strong", { class: "number" });
    this.word = h("span");
    this.button = h("button", { type: "button", class: "button", on: { click: () => this.tell("lb-hand", { act: this.act, button: this.button }) } }, this.word);
    this.append(h("div", { class: "due" }, this.label, this.money), this.button);
  }

  update({ customer, desk, picking, taps, t }) {
    const words = t.pickup.hand;
    const ticked = picking.ticked(customer);
    const why = whyNothing(customer);
    const paid = why === "done";
    const due = paid ? sumFen(customer, ["collected"]) : picking.dueFen(customer);
    setText(this.label, paid ? words.paid : words.due);
    setText(this.money, `¥${amount(decimal(due))}`);
    const sending = ticked.some(({ id }) => taps.of(id) === "sending");
    const { act, word, kind } = this.state({ customer, desk, picking, taps, ticked, why, words });
    this.act = act;
    setText(this.word, sending ? words.busy : word);
    setAttribute(this.button, "class", `button ${kind}`);
    this.button.disabled = act === null || sending;
    setAttribute(this.button, "data-act", act);
  }

  state({ customer, desk, picking, taps, ticked, why, words }) {
    if (why !== null) return why === "done" ? { act: "next", word: words.next, kind: "primary" } : { act: "next", word: `${words[why] ?? words.done} · ${words.next}`, kind: "plain" };
    if (taps.unsent(ticked.map(({ id }) => id))) return { act: "again", word: words.again, kind: "danger" };
    if (ticked.length === 0) return { act: null, word: words.pick, kind: "plain" };
    if (picking.lacksWeight(desk, customer)) return { act: "weigh", word: words.weigh, kind: "primary" };
    const all = customer.reservations.filter(({ state }) => FETCHABLE.includes(state)).length === ticked.length;
    return { act: "hand", word: fill(all ? words.all : words.some, { n: ticked.length }), kind: "order" };
  }
}

customElements.define("lb-hand-bar", HandBar);
