/** The sections as cards: closed to a line, opened to be filled in, moved and taken out. Tells `lb-cards` with all of them. */
import "../choice/choice.js";
import { h, Part, setAttribute } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { goodsName, KINDS, moved, newCard, SAMPLES, shortName, WITH_GOODS } from "./cards.js";

class CardList extends Part {
  build() {
    this.list = h("ol", { class: "cards" });
    this.more = h("div", { class: "adds" });
    this.append(this.list, this.more);
  }

  /** `cards` of `cards.js`, the goods that may be spoken of, and by card the faults that the service found. */
  update({ cards, goods, faults = [], t }) {
    Object.assign(this, { cards, goods, faults, t });
    this.list.replaceChildren(...cards.map((card, i) => (card.gone ? this.goneRow(card, i) : this.row(card, i))));
    const add = (kind) => h("button", { type: "button", class: "button plain", on: { click: () => this.add(kind) } }, icon("plus"), t.script.kinds[kind]);
    this.more.replaceChildren(h("h3", {}, t.script.add), h("div", { class: "tiles" }, ...KINDS.map(add)));
  }

  row(card, i) {
    const { t } = this;
    const name = h("strong", { class: "clip" });
    const note = h("span", { class: "note number" });
    const say = () => ((name.textContent = card.title || t.script.kinds[card.kind]), (note.textContent = this.noteOf(card)));
    const set = (key) => (value) => ((card[key] = value), say(), this.changed());
    say();
    const wrong = (this.faults[i] ?? []).map((fault) => h("p", { class: "fault" }, fault));
    const head = h("summary", {}, h("span", { class: "place number" }, String(i + 1)), h("span", { class: "what" }, name, note));
    const body = h("div", { class: "fields" }, ...wrong, ...this.fields(card, set), this.tools(card, i));
    const details = h("details", { open: Boolean(card.open) || wrong.length > 0, on: { toggle: () => (card.open = details.open) } }, head, body);
    return h("li", { "data-faults": wrong.length > 0 ? "true" : null }, details);
  }

  noteOf({ kind, minutes, launch }) {
    const { script } = this.t;
    return [script.kinds[kind], minutes ? fill(script.minutesNote, { n: minutes }) : null, launch ? launch.split(/\s/u)[0] : null].filter(Boolean).join(" · ");
  }

  fields(card, set) {
    const { t } = this;
    const kind = select(KINDS.map((value) => [value, t.script.kinds[value]]), card.kind, (value) => (set("kind")(value), this.again()));
    const minutes = h("input", { type: "text", inputmode: "numeric", class: "number", maxlength: "3", value: card.minutes ?? "", on: { input: (event) => set("minutes")(Number(event.target.value.replace(/\D/gu, "")) || null) } });
    return [
      h("div", { class: "two" }, field(t.script.kind, kind), field(t.script.minutes, minutes)),
      WITH_GOODS.includes(card.kind) ? field(t.script.goods, this.goodsOf(card, set)) : null,
      field(t.script.title, h("input", { type: "text", maxlength: "100", value: card.title, on: { input: (event) => set("title")(event.target.value) } })),
      field(t.script.points, h("textarea", { rows: String(Math.min(8, card.points.split("\n").length + 1)), placeholder: t.script.pointsSample, on: { input: (event) => set("points")(event.target.value) } }, card.points)),
      ...this.launchOf(card, set),
    ];
  }

  goodsOf(card, set) {
    const none = [["", this.t.script.noGoods]];
    return select([...none, ...this.goods.map((offer) => [offer.id, goodsName(offer)])], card.offerId ?? "", (id) => {
      const offer = this.goods.find((each) => each.id === id);
      card.offerId = offer?.id ?? null;
      if (offer) card.title = shortName(offer);
      set("launch")(card.launch.startsWith("秒杀") ? SAMPLES.flash(offer) : card.launch);
      this.again();
    });
  }

  launchOf(card, set) {
    const { t } = this;
    const offer = this.goods.find(({ id }) => id === card.offerId) ?? this.goods[0] ?? null;
    const choice = document.createElement("lb-choice");
    const tiles = Object.keys(SAMPLES).map((value) => ({ value, name: t.script.launches[value] }));
    choice.addEventListener("lb-change", (event) => (event.stopPropagation(), set("launch")(SAMPLES[event.detail](offer)), this.again()));
    choice.show({ label: t.script.launch, tiles, value: launchKind(card.launch) });
    const text = h("textarea", { rows: String(card.launch.split("\n").length), spellcheck: "false", on: { input: (event) => set("launch")(event.target.value) } }, card.launch);
    return [h("div", { class: "field" }, h("span", { "aria-hidden": "true" }, t.script.launch), choice), card.launch ? field(t.script.terms, text) : null];
  }

  tools(card, i) {
    const { t } = this;
    const tap = (word, name, click) => h("button", { type: "button", class: "button", on: { click } }, icon(name), word);
    const shift = (by) => () => this.replace(moved(this.cards, i, by));
    return h("div", { class: "tools" }, tap(t.script.up, "up", shift(-1)), tap(t.script.down, "down", shift(1)), tap(t.script.remove, "close", () => ((card.gone = true), this.again(), this.changed())));
  }

  goneRow(card) {
    const { t } = this;
    const back = () => ((card.gone = false), this.again(), this.changed());
    return h("li", { class: "gone" }, h("span", { class: "clip" }, fill(t.script.gone, { title: card.title })), h("button", { type: "button", class: "button", on: { click: back } }, icon("undo"), t.script.back));
  }

  add(kind) {
    const used = new Set(this.cards.filter((card) => card.kind === kind).map(({ offerId }) => offerId));
    const offer = this.goods.find(({ id }) => !used.has(id)) ?? this.goods[0] ?? null;
    const card = { ...newCard(kind, offer), open: true };
    const last = this.cards.at(-1);
    this.replace(last?.kind === "closing" && kind !== "closing" ? [...this.cards.slice(0, -1), card, last] : [...this.cards, card]);
    this.list.querySelectorAll("details")[this.cards.filter((each) => !each.gone).indexOf(card)]?.scrollIntoView({ block: "nearest" });
  }

  replace(cards) {
    this.cards = cards;
    this.again();
    this.changed();
  }

  again() {
    this.update({ cards: this.cards, goods: this.goods, faults: [], t: this.t });
  }

  changed() {
    this.tell("lb-cards", this.cards);
  }
}

function launchKind(launch) {
  if (!launch) return "none";
  return { 秒杀: "flash", 福袋: "bag", 投票: "poll" }[launch.slice(0, 2)] ?? "prompt";
}

/** A label around a list of choices would be read out with all of them: the field has the name of its own as well. */
function field(label, input) {
  setAttribute(input, "aria-label", label);
  return h("label", { class: "field" }, h("span", {}, label), input);
}

function select(options, value, onPick) {
  const node = h("select", { on: { change: () => onPick(node.value) } }, ...options.map(([id, name]) => h("option", { value: id }, name)));
  node.value = value;
  setAttribute(node, "data-value", value);
  return node;
}

customElements.define("lb-card-list", CardList);
