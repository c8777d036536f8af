/** The section that is being spoken, in large type. A tap on the right half tells `lb-further`, one on the left `lb-back`. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { boardPrice, count } from "../shared/format.js";
import { fill } from "../shared/i18n/fill.js";
import { offerById } from "../shared/select.js";
import { priceNow } from "./price-now.js";

const STEP = 0.8;
const EDGE_PX = 8;

class ScriptText extends Part {
  build() {
    this.kind = h("span", { class: "chip" });
    this.number = h("span", { class: "badge number" });
    this.heading = h("h1");
    this.price = h("span", { class: "price number" });
    this.stock = h("span", { class: "stock number" });
    this.goods = h("p", { class: "goods" }, this.price, this.stock);
    this.points = h("ul", { class: "points" });
    this.next = h("p", { class: "next" });
    this.write = h("button", { type: "button", class: "button primary", on: { click: () => this.tell("lb-write") } });
    this.page = h("div", { class: "page" }, h("p", { class: "kicker" }, this.kind, this.number), this.heading, this.goods, this.points, this.write, this.next);
    this.sheet = h("div", { class: "sheet", tabindex: "0", role: "region" }, this.page);
    this.sheet.addEventListener("click", (event) => this.tapped(event));
    this.append(this.sheet);
  }

  tapped(event) {
    if (event.target.closest("button") || String(getSelection()) !== "") return;
    const { left, width } = this.getBoundingClientRect();
    this.tell(event.clientX - left >= width / 2 ? "lb-further" : "lb-back");
  }

  /** One step down in the section; false where it is at its end. */
  stepDown() {
    const { scrollTop, clientHeight, scrollHeight } = this.sheet;
    if (scrollTop + clientHeight >= scrollHeight - EDGE_PX) return false;
    this.roll(scrollTop + clientHeight * STEP);
    return true;
  }

  stepUp() {
    if (this.sheet.scrollTop <= EDGE_PX) return false;
    this.roll(this.sheet.scrollTop - this.sheet.clientHeight * STEP);
    return true;
  }

  roll(top) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.sheet.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
  }

  /** `section`: what is spoken, or null with `empty` `{what, next, write}` in its place. */
  update({ section, next, empty, state, t }) {
    setAttribute(this.sheet, "aria-label", t.prompter.text);
    setAttribute(this, "data-kind", section?.kind ?? "none");
    if (this.shownId !== section?.id) {
      this.shownId = section?.id;
      this.sheet.scrollTop = 0;
    }
    const kind = section ? (t.prompter.kinds[section.kind] ?? "") : "";
    setAttribute(this.kind, "hidden", kind === "" || kind === section.title);
    setText(this.kind, kind);
    setText(this.heading, section?.title ?? empty.what);
    this.showPoints(section ? section.points : [empty.next]);
    setAttribute(this.write, "hidden", section !== null || !empty.write);
    setText(this.write, t.prompter.write);
    setText(this.next, section ? nextWords(next, t) : "");
    this.showGoods(section && offerById(state, section.offer_id), state, t);
  }

  showPoints(points) {
    const said = JSON.stringify(points);
    if (said === this.said) return;
    this.said = said;
    this.points.replaceChildren(...points.map((point) => h("li", {}, point)));
  }

  showGoods(offer, state, t) {
    setAttribute(this.number, "hidden", !offer || offer.number === null);
    setAttribute(this.goods, "hidden", !offer);
    if (!offer) return;
    setText(this.number, fill(t.prompter.number, { n: offer.number ?? "" }));
    setText(this.price, fill(t.prompter.price, { price: boardPrice(priceNow(offer, state)), unit: offer.unit }));
    const values = { reserved: count(offer.reserved), available: count(offer.available), unit: offer.unit, n: count(offer.waitlisted) };
    setText(this.stock, fill(offer.available > 0 ? t.prompter.stock : t.prompter.soldOut, values));
  }
}

function nextWords(next, t) {
  if (next === null) return t.prompter.last;
  const kind = next.kind === "offer" || next.kind === "talk" ? "" : (t.prompter.kinds[next.kind] ?? "");
  const title = kind === "" || next.title.startsWith(kind) ? next.title : `${kind} ${next.title}`;
  return fill(t.prompter.next, { title: next.minutes ? fill(t.prompter.minutes, { title, n: next.minutes }) : title });
}

customElements.define("lb-script-text", ScriptText);
