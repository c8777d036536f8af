/** The flash deal: a countdown to it, the price that drops, and stock that melts while a countdown of its own runs. */
import { h, setAttribute, setText } from "../../static/shared/dom.js";
import { boardPrice, count } from "../../static/shared/format.js";
import { icon } from "../overlay/icons.js";
import { offerById, shortTitle } from "../../static/shared/select.js";
import { Guest } from "../overlay/guest.js";
import { setFigure, setLevel } from "../overlay/motion.js";
import { flashOn } from "../overlay/on.js";
import { clockSize, clockText, isHot } from "../overlay/time.js";
import { fill } from "../overlay/words/index.js";

const SHORT_PRICE = 5;

class FlashCard extends Guest {
  build() {
    this.name = h("strong");
    this.phase = h("span", { class: "phase" });
    this.what = h("p", { class: "what clip" });
    this.clockWord = h("span", { class: "small" });
    this.time = h("strong", { class: "time number" });
    this.digits = h("strong", { class: "digits number" });
    this.was = h("s", { class: "was number" });
    this.level = h("span");
    this.count = h("span", { class: "count number clip" });
    this.note = h("span", { class: "note number clip" });
    this.append(
      h(
        "section",
        { class: "box panel" },
        h("header", {}, icon("bolt"), this.name, this.phase),
        this.what,
        h("p", { class: "clock" }, this.clockWord, this.time),
        h("p", { class: "price" }, this.was, h("span", { class: "now" }, h("span", { class: "yuan" }, "¥"), this.digits)),
        h("div", { class: "bar" }, this.level),
        h("p", { class: "rest" }, this.count, this.note),
      ),
    );
  }

  wants({ state, now }) {
    return flashOn(state, now);
  }

  enter() {
    for (const figure of [this.digits, this.count]) setText(figure, "");
  }

  update({ state, now, t }, sale) {
    const offer = offerById(state, sale.offer_id);
    const phase = phaseOf(sale);
    setAttribute(this.box, "data-phase", phase);
    setText(this.name, t.flash.name);
    setText(this.phase, t.flash[phase]);
    setText(this.what, offer ? shortTitle(offer) : "");
    this.drawClock(sale, now, t);
    this.drawPrice(sale, phase, t);
    this.drawStock(sale, phase, offer?.unit ?? "", t);
  }

  drawClock(sale, now, t) {
    const left = leftOf(sale, now);
    const text = clockText(left);
    setText(this.clockWord, sale.state === "announced" ? t.flash.startsIn : sale.state === "ended" ? "" : t.flash.endsIn);
    setText(this.time, sale.state === "ended" ? "" : text);
    setAttribute(this.time, "data-size", clockSize(text));
    setAttribute(this.box, "data-hot", isHot(left) && sale.state !== "paused");
  }

  drawPrice(sale, phase, t) {
    const price = boardPrice(phase === "ended" ? sale.regular_price : sale.price);
    setFigure(this.digits, price);
    setAttribute(this.digits, "data-long", price.length > SHORT_PRICE);
    setText(this.was, phase === "ended" ? t.flash.back : fill(t.flash.was, { price: boardPrice(sale.regular_price) }));
  }

  drawStock(sale, phase, unit, t) {
    setLevel(this.level, sale.available / sale.quota);
    const [words, note] = stockWords(sale, phase, unit, t);
    setFigure(this.count, words);
    setText(this.note, note);
  }
}

function phaseOf(sale) {
  return sale.state === "running" && sale.available <= 0 ? "out" : sale.state;
}

/** What its clock shows, in ms. A paused sale keeps what it had. */
function leftOf(sale, now) {
  const until = Date.parse(sale.state === "announced" ? sale.starts_at : sale.ends_at);
  return sale.state === "ended" ? 0 : Math.max(0, until - (sale.paused_at ? Date.parse(sale.paused_at) : now));
}

function stockWords(sale, phase, unit, t) {
  const say = (words, n) => fill(words, { n: count(n), unit });
  const limit = sale.per_viewer_limit ? say(t.flash.limit, sale.per_viewer_limit) : "";
  if (phase === "announced") return [say(t.flash.quota, sale.quota), limit];
  if (phase === "ended") return [say(t.flash.sold, sale.sold), ""];
  if (sale.available > 0) return [say(t.flash.left, sale.available), limit];
  return [say(t.flash.gone, sale.quota), sale.waitlisted > 0 ? say(t.flash.waiting, sale.waitlisted) : ""];
}

customElements.define("lb-flash-card", FlashCard);
