/** The offer being shown: what it is, what it costs, what is left, and how to get it. */
import { h, setAttribute, setText } from "../../static/shared/dom.js";
import { boardPrice, count } from "../../static/shared/format.js";
import { caseWords, claimsOf, kindsLeft, missingToCase, pinnedOffer } from "../../static/shared/select.js";
import { allUnheard } from "../../static/shared/sources.js";
import { Guest } from "../overlay/guest.js";
import { setFigure, setLevel } from "../overlay/motion.js";
import { comingSaleOf, saleOf } from "../overlay/on.js";
import { fill } from "../overlay/words/index.js";
import { pictureAddress } from "./picture.js";

/** Letters of a title that fit on one line, and beside a picture. */
const ONE_LINE = 12;
const BESIDE_PICTURE = 8;
const SHORT_PRICE = 8;

class OfferCard extends Guest {
  build() {
    this.number = h("span", { class: "n number" });
    this.numberWord = h("span", { class: "word" });
    this.badge = h("div", { class: "badge" }, this.number, this.numberWord);
    this.picture = h("img", { class: "picture", alt: "", hidden: true, on: { load: () => this.frame(true), error: () => this.frame(false) } });
    this.heading = h("h2");
    this.price = h("span", { class: "digits number" });
    this.unit = h("span", { class: "unit" });
    this.was = h("s", { class: "was number" });
    this.left = h("span", { class: "small" });
    this.stock = h("span", { class: "stock number" });
    this.stockUnit = h("span", { class: "small" });
    this.level = h("span");
    this.how = h("span", { class: "clip" });
    this.caseLevel = h("i");
    this.caseText = h("span");
    this.box_ = h("span", { class: "case number" }, this.caseLevel, this.caseText);
    this.append(
      this.picture,
      this.badge,
      h("div", { class: "head" }, this.heading),
      h("p", { class: "price" }, h("span", { class: "yuan" }, "¥"), this.price, this.unit, this.was),
      h("div", { class: "rest" }, h("div", { class: "bar" }, this.level), h("p", { class: "count" }, this.left, this.stock, this.stockUnit)),
      h("p", { class: "strip" }, this.how, this.box_),
    );
  }

  get box() {
    return this;
  }

  wants({ state }) {
    return pinnedOffer(state);
  }

  enter() {
    setText(this.stock, "");
    setText(this.price, "");
  }

  update({ state, t }, offer) {
    setAttribute(this, "data-state", offer.state);
    this.drawPicture(pictureAddress(offer.picture));
    setAttribute(this.badge, "hidden", (offer.number ?? null) === null);
    setText(this.number, String(offer.number ?? ""));
    setText(this.numberWord, t.offer.number);
    setText(this.heading, offer.title);
    setAttribute(this.heading, "data-long", [...offer.title].length > (this.address ? BESIDE_PICTURE : ONE_LINE));
    this.drawPrice(offer, saleOf(state, offer.id), t);
    this.drawStock(offer, t);
    this.drawStrip(offer, state, t);
  }

  /** The card keeps its shape until the picture is there, and when it never comes. */
  drawPicture(address) {
    if (this.address === address) return;
    this.address = address;
    this.frame(false);
    setAttribute(this.picture, "src", address);
  }

  frame(there) {
    setAttribute(this.picture, "hidden", !there);
    setAttribute(this, "data-picture", there);
  }

  drawPrice(offer, sale, t) {
    const price = boardPrice(sale?.price ?? offer.price);
    setFigure(this.price, price);
    setAttribute(this.price, "data-long", price.length > SHORT_PRICE);
    setText(this.unit, fill(t.offer.per, { unit: offer.unit }));
    setText(this.was, sale ? `¥${boardPrice(sale.regular_price)}` : "");
  }

  drawStock(offer, t) {
    const out = offer.available <= 0;
    setText(this.left, out ? waitingWords(offer, t) : t.offer.left);
    setFigure(this.stock, out ? t.offer.out : count(offer.available));
    setText(this.stockUnit, out ? "" : offer.unit);
    setLevel(this.level, offer.available / offer.quota);
  }

  drawStrip(offer, state, t) {
    setText(this.how, allUnheard(state) ? t.offer.deaf : howWords(offer, state, t));
    const missing = missingToCase(offer);
    setAttribute(this.box_, "hidden", missing === 0 || offer.state !== "open");
    setText(this.caseText, caseWords(offer, t));
    setLevel(this.caseLevel, 1 - missing / offer.case_size);
  }
}

function waitingWords(offer, t) {
  return offer.waitlisted > 0 ? fill(t.offer.outWaiting, { n: count(offer.waitlisted), unit: offer.unit }) : "";
}

function howWords(offer, { prompt, ...state }, t) {
  const asked = prompt?.meaning === "claim" && prompt.ref_id === offer.id;
  const example = asked ? claimsOf(offer, prompt.keyword)[0] : fill(t.offer.example, { kind: kindsLeft(offer)[0]?.name ?? "", unit: offer.unit });
  if (comingSaleOf(state, offer.id)) return t.offer.soon;
  if (offer.state === "sold_out") return fill(t.offer.outHow, { example });
  return offer.state === "open" ? fill(t.offer.how, { example }) : t.offer.closed;
}

customElements.define("lb-offer-card", OfferCard);
