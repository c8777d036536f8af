/**
 * Every offer with its stock as an equation and its controls.
 * Tells `lb-pin`, `lb-flash`, `lb-open`, `lb-close` and `lb-restock`, each with `{offer, button}`, and `lb-picture` with the
 * `file` besides.
 */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, yuan } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { at } from "../../shared/root.js";
import { caseWords, missingToCase, offersInOrder, pinnedOffer, runningSession } from "../../shared/select.js";
import { emptyState } from "../empty-state.js";
import { flashOf } from "../stage.js";

const STATES = Object.freeze({
  open: { meaning: "order", icon: "check" },
  sold_out: { meaning: "confirm", icon: "confirm" },
  listed: { meaning: "other", icon: "list" },
  closed: { meaning: "other", icon: "close" },
  failed: { meaning: "trouble", icon: "trouble" },
});

const MARGIN_PX = 12;

class OfferBoard extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")), (this.many = h("span", { class: "number" })));
    this.list = h("ol");
    this.empty = emptyState("goods");
    this.append(this.head, this.list, this.empty);
  }

  update({ state, t }) {
    const pinned = pinnedOffer(state);
    const onAir = runningSession(state) !== null;
    const settled = state.session?.cycle.state === "closed";
    setText(this.heading, t.tabs.offers);
    setAttribute(this, "aria-label", t.tabs.offers);
    setText(this.many, String(state.offers.length));
    setAttribute(this.empty, "hidden", state.offers.length > 0);
    this.empty.say(t.offers.empty, t.offers.emptyNext);
    keyed(this.list, offersInOrder(state), (offer) => offer.id, makeCard, (card, offer) =>
      card.show({ offer, flash: flashOf(state, offer.id), pinned: offer.id === pinned?.id, onAir, settled, t }),
    );
    this.bringIntoView(pinned?.id ?? null);
  }

  /** Another offer is shown: scroll to it once, unless it is in sight. */
  bringIntoView(id) {
    if (id === this.broughtIntoView || this.clientHeight === 0) return;
    this.broughtIntoView = id;
    const card = this.list.querySelector("[data-pinned='true']")?.getBoundingClientRect();
    const { top, bottom } = this.getBoundingClientRect();
    const from = top + this.head.offsetHeight;
    if (card && (card.top < from || card.bottom > bottom)) this.scrollTop += card.top - from - MARGIN_PX;
  }
}

class OfferCard extends Part {
  build() {
    this.badge = h("span", { class: "badge number" });
    this.heading = h("h3");
    this.price = h("span", { class: "price number" });
    this.chip = h("span", { class: "chip" });
    this.chipWord = h("span");
    this.fillNote = h("span", { class: "case number" });
    this.bar = h("span", { class: "bar" }, (this.level = h("span")));
    this.buildPicture();
    this.buildStock();
    this.buildTaps();
    this.append(
      h("div", { class: "top" }, this.badge, h("div", { class: "what" }, this.heading, h("div", { class: "facts" }, this.price, this.chip, this.fillNote)), this.picture),
      this.stock,
      this.bar,
      h("div", { class: "taps" }, this.pin, this.deal, this.toggle, this.restock),
    );
  }

  buildPicture() {
    this.file = h("input", { type: "file", accept: "image/*", on: { change: () => this.give() } });
    this.thumb = h("img", { alt: "", hidden: true });
    this.pictureWord = h("span");
    this.picture = h("label", { class: "picture" }, this.file, this.thumb, this.pictureWord);
  }

  give() {
    const [file] = this.file.files;
    this.file.value = "";
    if (file) this.tell("lb-picture", { offer: this.offer, file, button: this.picture });
  }

  buildStock() {
    this.terms = ["quota", "reserved", "available", "waitlisted"].map((key) => ({ key, name: h("span"), value: h("strong", { class: "number" }) }));
    const nodes = this.terms.map(({ key, name, value }) => h("span", { class: "term", "data-term": key }, name, value));
    const [quota, reserved, available, waitlisted] = nodes;
    this.waiting = h("span", { class: "waiting" }, h("span", { class: "sign" }, "·"), waitlisted);
    this.stock = h("p", { class: "stock" }, quota, sign("="), reserved, sign("+"), available, this.waiting);
  }

  buildTaps() {
    this.pin = tap(() => this.say("lb-pin", this.pin));
    this.deal = tap(() => this.say("lb-flash", this.deal));
    this.toggle = tap(() => this.say(this.offer.open ? "lb-close" : "lb-open", this.toggle));
    this.restock = tap(() => this.say("lb-restock", this.restock));
  }

  update({ offer, flash, pinned, onAir, settled, t }) {
    for (const tap of [this.pin, this.deal]) setAttribute(tap, "hidden", !onAir);
    for (const tap of [this.toggle, this.restock]) setAttribute(tap, "hidden", settled);
    if (this.offer === offer && this.flash === flash && this.pinned === pinned) return;
    this.flash = flash;
    this.offer = offer;
    this.pinned = pinned;
    setAttribute(this, "data-state", offer.state);
    setAttribute(this, "data-pinned", String(pinned));
    setText(this.badge, offer.number === null ? "–" : String(offer.number));
    setAttribute(this.badge, "aria-label", offer.number === null ? t.offers.noNumber : fill(t.offers.number, { n: offer.number }));
    setText(this.heading, offer.title);
    setText(this.price, `${yuan(flash?.state === "running" ? flash.price : offer.price)}/${offer.unit}`);
    setAttribute(this, "data-flash", flash?.state);
    this.showPicture(offer, t);
    this.showState(offer, t);
    this.showStock(offer, t);
    this.showTaps(offer, pinned, t);
  }

  showPicture(offer, t) {
    const has = offer.picture !== null;
    setAttribute(this.thumb, "src", has ? at(`pictures/${offer.picture}`) : null);
    setAttribute(this.thumb, "hidden", !has);
    setAttribute(this.pictureWord, "hidden", has);
    setText(this.pictureWord, t.offers.picture);
    setAttribute(this.file, "aria-label", `${has ? t.offers.otherPicture : t.offers.picture} ${offer.title}`);
  }

  showState(offer, t) {
    const { meaning, icon: name } = STATES[offer.state];
    setAttribute(this.chip, "data-meaning", meaning);
    this.chip.replaceChildren(icon(name), this.chipWord);
    setText(this.chipWord, t.offers[offer.state]);
    setAttribute(this.fillNote, "hidden", missingToCase(offer) === 0);
    setText(this.fillNote, caseWords(offer, t));
  }

  showStock(offer, t) {
    for (const { key, name, value } of this.terms) {
      setText(name, t.offers[key]);
      setText(value, count(offer[key]));
    }
    setAttribute(this.waiting, "hidden", offer.waitlisted === 0);
    this.level.style.transform = `scaleX(${offer.quota > 0 ? Math.min(1, offer.reserved / offer.quota) : 1})`;
  }

  showTaps(offer, pinned, t) {
    setAttribute(this.pin, "class", pinned ? "button pinned" : "button");
    setAttribute(this.pin, "aria-pressed", String(pinned));
    label(this.pin, pinned ? t.offers.pinned : t.offers.pin, offer);
    label(this.deal, this.flash ? t.offers.flashing : t.stage.flash, offer);
    setAttribute(this.deal, "class", this.flash ? "button pinned" : "button");
    label(this.toggle, offer.open ? t.offers.close : t.offers.openIt, offer);
    label(this.restock, t.offers.restock, offer);
  }

  say(name, button) {
    if (name === "lb-pin" && this.pinned) return;
    this.tell(name, { offer: this.offer, button });
  }
}

function tap(click) {
  const button = h("button", { type: "button", class: "button", on: { click } });
  button.append((button.word = h("span")));
  return button;
}

function label(button, word, offer) {
  setText(button.word, word);
  setAttribute(button, "aria-label", `${word} ${offer.title}`);
}

function sign(text) {
  return h("span", { class: "sign" }, text);
}

function makeCard() {
  return document.createElement("lb-offer-card");
}

customElements.define("lb-offer-card", OfferCard);
customElements.define("lb-offer-board", OfferBoard);
