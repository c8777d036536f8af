/**
 * Every offer with its stock as an equation, how fast it goes, and its controls; under the thumb the next one.
 * Tells `lb-pin`, `lb-next-offer`, `lb-flash`, `lb-open`, `lb-close` and `lb-restock`, each with `{offer, button}`, and
 * `lb-picture` with the `file` besides.
 */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, yuan } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { at } from "../../shared/root.js";
import { caseWords, missingToCase, offersInOrder, pinnedOffer, runningSession } from "../../shared/select.js";
import { emptyState } from "../empty-state.js";
import { flashOf } from "../stage.js";
import { nextOffer, placeInScript } from "./next.js";
import "./next-line.js";
import { paces } from "./pace.js";

const STATES = Object.freeze({
  open: { meaning: "order", icon: "check" },
  sold_out: { meaning: "confirm", icon: "confirm" },
  listed: { meaning: "other", icon: "list" },
  closed: { meaning: "other", icon: "close" },
  failed: { meaning: "trouble", icon: "trouble" },
});

const MARGIN_PX = 12;
const PACE_EVERY_MS = 1_000;
const SOON_MIN = 5;
const MOST_CASES_DRAWN = 24;

class OfferBoard extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")), (this.many = h("span", { class: "number" })));
    this.list = h("ol");
    this.empty = emptyState("goods");
    this.next = document.createElement("lb-next-line");
    this.append(this.head, this.list, this.empty, this.next);
  }

  update({ state, clock, t }) {
    this.shown = { state, clock, t };
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
    this.place = placeInScript(state, this.place);
    this.next.show({ next: onAir ? nextOffer(state, this.place) : null, first: pinned === null, t });
    this.tick();
    this.bringIntoView(pinned?.id ?? null);
  }

  /** What changes with time alone; every second is enough. */
  tick() {
    const { state, clock, t } = this.shown ?? {};
    if (!state || Math.abs(clock.now() - this.pacedAt) < PACE_EVERY_MS || this.clientHeight === 0) return;
    this.pacedAt = clock.now();
    const found = runningSession(state) ? paces(state, this.pacedAt) : new Map();
    for (const card of this.list.children) card.showPace(found.get(card.offer.id) ?? null, t);
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
    this.pace = h("span", { class: "pace" });
    this.fillNote = h("span", { class: "case" });
    this.flow = h("p", { class: "flow number" }, this.pace, this.fillNote);
    this.kinds = h("p", { class: "kinds number" });
    this.bar = h("span", { class: "bar" }, (this.level = h("span")));
    this.buildPicture();
    this.buildStock();
    this.buildTaps();
    this.append(
      h("div", { class: "top" }, this.badge, h("div", { class: "what" }, this.heading, h("div", { class: "facts" }, this.price, this.chip)), this.picture),
      this.stock,
      this.bar,
      this.kinds,
      this.flow,
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
    setText(this.fillNote, missingToCase(offer) === 0 ? "" : caseWords(offer, t));
    this.hideFlow();
  }

  /** How fast it goes: `{perMinute, minutes}`, or null where that cannot be told. */
  showPace(pace, t) {
    setText(this.pace, pace ? paceWords(pace, this.offer.unit, t) : "");
    setAttribute(this.pace, "data-soon", pace?.minutes !== null && pace?.minutes <= SOON_MIN);
    this.hideFlow();
  }

  hideFlow() {
    setAttribute(this.flow, "hidden", !this.pace.textContent && !this.fillNote.textContent);
  }

  showStock(offer, t) {
    for (const { key, name, value } of this.terms) {
      setText(name, t.offers[key]);
      setText(value, count(offer[key]));
    }
    setAttribute(this.waiting, "hidden", offer.waitlisted === 0);
    this.level.style.transform = `scaleX(${offer.quota > 0 ? Math.min(1, offer.reserved / offer.quota) : 1})`;
    this.showCases(offer);
    const kinds = kindWords(offer, t);
    setText(this.kinds, kinds);
    setAttribute(this.kinds, "hidden", kinds === "");
  }

  /** A notch in the bar for each full case, as long as they can be told apart. */
  showCases({ quota, case_size: size }) {
    const cases = quota / size;
    const drawn = size > 1 && cases > 1 && cases <= MOST_CASES_DRAWN;
    setAttribute(this.bar, "data-cases", drawn);
    this.bar.style.setProperty("--case", drawn ? `${100 / cases}%` : "100%");
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

function paceWords({ perMinute, minutes }, unit, t) {
  const words = { null: t.offers.pace, 0: t.offers.paceSoon }[minutes] ?? t.offers.paceOut;
  return fill(words, { n: count(perMinute), unit, m: minutes });
}

/** What is left of each kind that has a quota of its own. */
function kindWords({ variants }, t) {
  const own = variants.filter(({ available }) => available !== null);
  return own.map(({ name, available: n }) => fill(n > 0 ? t.offers.ofVariant : t.offers.variantOut, { name, n: count(n) })).join(" · ");
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
