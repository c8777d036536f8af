/** The offer being shown: what it is, what it costs, what is left, and how to get it. */
import { h, Part, setAttribute, setText } from "../../static/shared/dom.js";
import { boardPrice, count } from "../../static/shared/format.js";
import { fill } from "../../static/shared/i18n/index.js";
import { caseWords, claimsOf, kindsLeft, missingToCase, pinnedOffer } from "../../static/shared/select.js";
import { allUnheard } from "../../static/shared/sources.js";
import { LEAVE_MS, spring } from "../overlay/motion.js";

const ONE_LINE = 12;
const SHORT_PRICE = 8;

class OfferCard extends Part {
  build() {
    this.number = h("span", { class: "n number" });
    this.numberWord = h("span", { class: "word" });
    this.badge = h("div", { class: "badge" }, this.number, this.numberWord);
    this.heading = h("h2");
    this.price = h("span", { class: "digits number" });
    this.unit = h("span", { class: "unit" });
    this.left = h("span", { class: "small" });
    this.stock = h("span", { class: "stock number" });
    this.stockUnit = h("span", { class: "unit" });
    this.level = h("span");
    this.how = h("span", { class: "clip" });
    this.box = h("span", { class: "case number" });
    this.append(
      h("div", { class: "head" }, this.badge, this.heading),
      h("div", { class: "deal" }, h("p", { class: "price" }, h("span", { class: "yuan" }, "¥"), this.price, this.unit), h("p", { class: "rest" }, this.left, h("span", {}, this.stock, this.stockUnit))),
      h("div", { class: "bar" }, this.level),
      h("p", { class: "strip" }, this.how, this.box),
    );
  }

  update({ state, t }) {
    this.wanted = { offer: pinnedOffer(state), prompt: state.prompt, deaf: allUnheard(state), t };
    const id = this.wanted.offer?.id ?? null;
    if (id === this.shownId) this.draw();
    else this.change(id);
  }

  /** Another offer: the old card leaves before the new one comes. */
  change(id) {
    const first = this.shownId === undefined || this.shownId === null;
    this.shownId = id;
    setAttribute(this, "data-shown", null);
    clearTimeout(this.swap);
    this.swap = setTimeout(() => this.enter(), first ? 0 : LEAVE_MS);
  }

  enter() {
    this.swap = null;
    if (!this.wanted.offer) return;
    this.available = null;
    this.draw();
    setAttribute(this, "data-shown", true);
  }

  draw() {
    const { offer, prompt, deaf, t } = this.wanted;
    if (!offer || this.swap) return;
    setAttribute(this, "data-state", offer.state);
    setAttribute(this.badge, "hidden", offer.number === null);
    setText(this.number, String(offer.number ?? ""));
    setText(this.numberWord, t.overlay.number);
    setText(this.heading, offer.title);
    setAttribute(this.heading, "data-long", offer.title.length > ONE_LINE);
    const price = boardPrice(offer.price);
    setText(this.price, price);
    setAttribute(this.price, "data-long", price.length > SHORT_PRICE);
    setText(this.unit, fill(t.overlay.per, { unit: offer.unit }));
    this.drawStock(offer, t);
    this.drawStrip(offer, prompt, deaf, t);
  }

  drawStock(offer, t) {
    const out = offer.available <= 0;
    setText(this.left, out ? waitingWords(offer, t) : t.overlay.left);
    setText(this.stock, out ? t.overlay.out : count(offer.available));
    setText(this.stockUnit, out ? "" : offer.unit);
    if (this.available !== null && this.available !== offer.available) spring(this.stock);
    this.available = offer.available;
    this.level.style.transform = `scaleX(${offer.quota > 0 ? Math.max(0, offer.available) / offer.quota : 0})`;
  }

  drawStrip(offer, prompt, deaf, t) {
    setText(this.how, deaf ? t.overlay.deaf : howWords(offer, prompt, t));
    setAttribute(this.box, "hidden", missingToCase(offer) === 0 || offer.state !== "open");
    setText(this.box, caseWords(offer, t));
  }
}

function waitingWords(offer, t) {
  return offer.waitlisted > 0 ? fill(t.overlay.outWaiting, { n: count(offer.waitlisted), unit: offer.unit }) : "";
}

function howWords(offer, prompt, t) {
  const asked = prompt?.meaning === "claim" && prompt.ref_id === offer.id;
  const example = asked ? claimsOf(offer, prompt.keyword)[0] : fill(t.overlay.example, { kind: kindsLeft(offer)[0]?.name ?? "", unit: offer.unit });
  if (offer.state === "sold_out") return fill(t.overlay.outHow, { example });
  return offer.state === "open" ? fill(t.overlay.how, { example }) : t.overlay.closed;
}

customElements.define("lb-offer-card", OfferCard);
