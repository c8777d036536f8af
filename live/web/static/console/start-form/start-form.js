/**
 * What the console shows while no session runs: the evening is set up here, kept on this phone until it starts. Tells
 * `lb-start`, `lb-edit-goods`, `lb-edit-script` and `lb-rehearse`, each with what it is about.
 */
import "./goods-list.js";
import { Refused } from "../../shared/commands.js";
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { at, rehearsalOf } from "../../shared/root.js";
import { pointAt, reportLink } from "../report-link.js";
import { ask, askWith } from "./ask.js";
import { bodyOf, dropDraft, keepDraft, leftDraft, pointLines, withGiven } from "./draft.js";
import { placed } from "./findings.js";
import { field, policyFields, timePicks } from "./parts.js";
import { cutoffs, isOfADay, pickups, titleOf, usualCutoff } from "./times.js";

const TYPED = Object.freeze(["title", "cutoff", "pickup", "points", "hosts"]);
const LOOK_AFTER_MS = 500;
const READ_AFTER_MS = 400;

class StartForm extends Part {
  update({ state, room, t }) {
    this.t = t;
    if (!this.room) this.make(room);
    setText(this.next, state.session ? fill(t.start.last, { title: state.session.title }) : t.start.next);
    setAttribute(this.back, "hidden", state.session === null);
    setAttribute(this.again, "hidden", state.session === null);
    setAttribute(this.again, "data-first", this.draft.offers.length === 0);
    pointAt(this.report, state.session, t.start.report);
    this.takeOver(state.session);
    if (rehearsalOf) for (const node of [this.rehearse, this.again]) setAttribute(node, "hidden", true);
  }

  make(room) {
    const { start } = this.t;
    this.room = room;
    this.draft = leftDraft(room);
    this.found = placed([]);
    this.clashes = new Map();
    this.fields = {};
    this.append(this.head(start), this.form(start));
    this.suggest();
    this.fillIn();
    this.lookSoon();
    document.addEventListener("visibilitychange", () => document.hidden || this.seenAgain());
  }

  /** A form that was left open over night has times that are past. */
  seenAgain() {
    if (new Date(this.draft.cutoff) > new Date()) return;
    this.suggest();
    this.fillIn();
  }

  head(start) {
    this.next = h("p", { class: "next" });
    this.report = reportLink();
    this.back = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-last") } }, start.back);
    this.again = h("button", { type: "button", class: "button wide", on: { click: () => this.copyLast() } }, start.again);
    return h("div", { class: "head" }, h("h2", {}, start.idle), this.next, h("div", { class: "last" }, this.again, this.back, this.report));
  }

  form(start) {
    this.summary = h("p", { class: "faults", role: "alert", tabindex: "-1" });
    this.warned = h("ul", { class: "warned", role: "status" });
    this.script = h("button", { type: "button", class: "button plain", on: { click: () => this.editScript() } });
    this.scriptFault = h("p", { class: "fault" });
    this.policy = policyFields(start.policy, () => this.change({ policy: this.policy.read() }));
    this.rehearse = h("button", { type: "button", class: "button plain", on: { click: () => this.askRehearsal() } }, start.rehearse);
    this.go = h("button", { type: "submit", class: "button primary wide" }, h("span", {}, start.go));
    const form = h(
      "form",
      { novalidate: true },
      this.goodsPart(start),
      this.typed("title", h("input", { type: "text", maxlength: "100", placeholder: start.titleSample })),
      this.timePart("cutoff", start),
      this.timePart("pickup", start),
      this.typed("points", h("textarea", { rows: "2", placeholder: start.pointsSample })),
      this.typed("hosts", h("input", { type: "text", maxlength: "500" })),
      h("div", { class: "placed" }, this.script, this.scriptFault),
      this.policy.node,
      this.warned,
      this.summary,
      h("div", { class: "go" }, this.rehearse, this.go),
    );
    form.addEventListener("submit", (event) => (event.preventDefault(), this.submit()));
    return form;
  }

  goodsPart(start) {
    this.count = h("p", { class: "found number", role: "status" });
    this.file = h("input", { type: "file", class: "only-read", accept: ".xlsx,.csv,.tsv,.txt,.json", on: { change: () => this.readFile() } });
    this.paste = h("textarea", { rows: "4", spellcheck: "false", placeholder: start.sample, on: { input: () => this.pasteSoon(), paste: () => setTimeout(() => this.pasteNow()) } });
    this.remarks = h("ul", { class: "remarks", role: "status" });
    this.goods = document.createElement("lb-goods-list");
    this.goods.addEventListener("lb-goods-open", ({ detail }) => this.openGoods(detail));
    this.goods.addEventListener("lb-goods-up", ({ detail: n }) => this.moveUp(n));
    const template = (kind) => h("a", { href: at(`api/v1/offers-template.${kind}`), download: true }, start.template[kind]);
    this.fields.goods = field("goods", start.paste, this.paste);
    return h(
      "section",
      { class: "goods", "aria-label": start.goods },
      h("div", { class: "goods-head" }, h("h3", {}, start.goods), this.count),
      this.goods,
      h("div", { class: "ways" }, h("label", { class: "button pick" }, h("span", {}, start.choose), this.file), h("button", { type: "button", class: "button", on: { click: (event) => this.openGoods({ n: null, button: event.currentTarget }) } }, start.add)),
      this.fields.goods.node,
      h("p", { class: "templates" }, start.templates, template("xlsx"), template("csv")),
      this.remarks,
    );
  }

  /** A field that is typed, under its name in the draft. */
  typed(name, input) {
    const made = (this.fields[name] = field(name, this.t.start[name], input));
    input.addEventListener("input", () => this.change({ [name]: input.value }));
    return made.node;
  }

  timePart(name, start) {
    const node = this.typed(name, h("input", { type: "datetime-local" }));
    const picks = timePicks(start[name], start.when, (value) => this.change({ [name]: value }, { show: true }));
    this.fields[name].picks = picks;
    node.querySelector("label").after(picks.group);
    return node;
  }

  /** Times and a title that would do, where nobody has set any yet, or where they have passed. */
  suggest() {
    const now = new Date();
    const passed = !(new Date(this.draft.cutoff) > now);
    const cutoff = passed ? usualCutoff(now) : this.draft.cutoff;
    const pickup = passed || !this.draft.pickup ? nextDay(cutoff) : this.draft.pickup;
    this.draft = { ...this.draft, cutoff, pickup };
    if (!this.draft.title) this.nameAfterDay();
    this.renewTitle();
  }

  /** A title of a day goes with the cut-off; one that somebody wrote, or took out, stays. */
  renewTitle() {
    if (isOfADay(this.draft.title, this.t.start)) this.nameAfterDay();
  }

  nameAfterDay() {
    this.draft = { ...this.draft, title: titleOf(this.draft.cutoff, this.t.start) };
    this.fields.title.input.value = this.draft.title;
  }

  /** Places and hosts are those of the last evening until somebody writes others. */
  takeOver(session) {
    if (session === null || this.takenFrom === session.id) return;
    this.takenFrom = session.id;
    const { points, hosts } = this.draft;
    if (points && hosts) return;
    const places = session.cycle.pickup_points;
    this.change({ points: points || pointLines(places), known: places, hosts: hosts || session.hosts.join("，") }, { show: true });
  }

  /** Take a change in; `show` where it did not come from the field itself. */
  change(changes, { show = false } = {}) {
    this.draft = { ...this.draft, ...changes };
    if ("cutoff" in changes && !("pickup" in changes) && this.draft.cutoff && !(this.draft.pickup > this.draft.cutoff)) this.suggestPickup();
    if ("cutoff" in changes && this.draft.cutoff) this.renewTitle();
    keepDraft(this.room, this.draft);
    if (show) this.fillIn();
    else this.showTimes();
    this.lookSoon();
  }

  suggestPickup() {
    this.draft = { ...this.draft, pickup: nextDay(this.draft.cutoff) };
    this.fields.pickup.input.value = this.draft.pickup;
  }

  fillIn() {
    for (const name of TYPED) if (this.fields[name].input.value !== this.draft[name]) this.fields[name].input.value = this.draft[name];
    this.policy.show(this.draft.policy);
    this.showTimes();
    this.showGoods();
    const sections = this.draft.script?.sections?.length ?? 0;
    setText(this.script, sections > 0 ? fill(this.t.start.scriptOf, { n: sections }) : this.t.start.script);
  }

  showTimes() {
    const { cutoff, pickup } = this.fields;
    cutoff.picks.choices(cutoffs(new Date()));
    cutoff.picks.mark(this.draft.cutoff);
    pickup.picks.choices(this.draft.cutoff ? pickups(new Date(this.draft.cutoff)) : []);
    pickup.picks.mark(this.draft.pickup);
  }

  showGoods() {
    const { offers } = this.draft;
    const quota = offers.reduce((sum, offer) => sum + (Number(offer.quota) || 0), 0);
    setText(this.count, offers.length > 0 ? fill(this.t.start.found, { n: offers.length, quota: count(quota) }) : "");
    this.goods.show({ offers, faults: this.found.offers, clashes: this.clashes, t: this.t });
  }

  async readFile() {
    const [file] = this.file.files;
    if (file) await this.read(file);
    this.file.value = "";
  }

  pasteSoon() {
    clearTimeout(this.pasting);
    this.pasting = setTimeout(() => this.pasteNow(), READ_AFTER_MS);
  }

  pasteNow() {
    clearTimeout(this.pasting);
    this.pasting = null;
    return this.paste.value.trim() === "" ? this.reading : this.read(this.paste.value);
  }

  /** Have a list read; one after the other, and nothing starts before the last is in. */
  read(list) {
    this.reading = (this.reading ?? Promise.resolve()).then(() => this.readNow(list));
    return this.reading;
  }

  async readNow(list) {
    const { t } = this;
    setAttribute(this.goods, "aria-busy", "true");
    try {
      const body = typeof list === "string" ? new Blob([list]) : list;
      const { offers, faults, warnings, given } = await ask(this.room, "offers/read", { words: t.errors, method: "POST", body });
      this.paste.value = "";
      this.found = placed([]);
      this.change(withGiven(this.draft, { ...given, offers }), { show: true });
      this.remark([...faults.map((fault) => [fault, "fault"]), ...warnings.map((warning) => [warning, "clash"])]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.remarks.replaceChildren(h("li", { class: "fault" }, [error.why, error.todo].filter(Boolean).join("\n")));
    } finally {
      setAttribute(this.goods, "aria-busy", null);
    }
  }

  /** What the list itself said, line by line. */
  remark(remarks) {
    const words = this.t.start;
    const where = ({ row, column }) => fill(column ? words.at : words.atRow, { row, column });
    this.remarks.replaceChildren(...remarks.map(([remark, kind]) => h("li", { class: kind }, h("strong", {}, where(remark)), ` ${remark.message}`)));
  }

  openGoods({ n, button }) {
    const { offers } = this.draft;
    const offer = n === null ? this.newOffer() : offers[n];
    const put = (changed) => this.change({ offers: n === null ? [...offers, changed] : offers.with(n, changed) }, { show: true });
    const onRemove = n === null ? null : () => this.change({ offers: offers.toSpliced(n, 1) }, { show: true });
    this.tell("lb-edit-goods", { offer, faults: n === null ? [] : (this.found.offers.get(n) ?? []), button, onDone: put, onRemove });
  }

  newOffer() {
    const numbers = this.draft.offers.map((offer) => offer.number ?? 0);
    const number = Math.max(0, ...numbers) + 1;
    const ids = new Set(this.draft.offers.map(({ id }) => id));
    let id = `g${number}`;
    while (ids.has(id)) id += "-1";
    return { id, number: number > 999 ? null : number, title: "", price: "", unit: this.t.start.unit, quota: 100 };
  }

  moveUp(n) {
    const { offers } = this.draft;
    this.change({ offers: offers.toSpliced(n - 1, 2, offers[n], offers[n - 1]) }, { show: true });
    this.goods.focusCard(n - 1);
  }

  async copyLast() {
    this.again.setAttribute("aria-busy", "true");
    try {
      this.change(withGiven(this.draft, await ask(this.room, "last-session", { words: this.t.errors })), { show: true });
      this.remark([]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say([`${error.what}：${error.why}`, error.todo]);
    } finally {
      this.again.removeAttribute("aria-busy");
    }
  }

  editScript() {
    const { offers, cycle } = bodyOf(this.draft);
    const goods = offers.map(({ id, number, title, unit, price }) => ({ id, number, title, unit: unit ?? this.t.start.unit, price }));
    const onSave = async (script) => (this.change({ script }, { show: true }), true);
    this.tell("lb-edit-script", { script: this.draft.script, goods, offers, cycle, button: this.script, onSave });
  }

  lookSoon() {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.look().catch(() => null), LOOK_AFTER_MS);
  }

  /** Have the evening looked over: names that clash are shown at once, faults only where they have been asked for. */
  async look({ faults = false } = {}) {
    clearTimeout(this.looking);
    const body = bodyOf(this.draft);
    if (body.offers.length === 0 && !faults) return this.warn([]);
    const found = await askWith(this.room, "check", body, this.t.errors);
    this.warn(found.warnings);
    if (faults || this.found.count > 0) this.showFaults([...found.faults, ...this.missing(body)]);
    this.showGoods();
    return found;
  }

  /** What the service can do without, and a shop cannot. */
  missing({ offers, cycle }) {
    const { faults } = this.t.start;
    return [
      offers.length === 0 ? { field: "offers", message: faults.goods } : null,
      cycle.pickup_points.length === 0 ? { field: "cycle.pickup_points", message: faults.points } : null,
    ].filter(Boolean);
  }

  warn(warnings) {
    const at_ = new Map(this.draft.offers.map(({ id }, n) => [id, n]));
    this.clashes = new Map();
    for (const { offers = [], name } of warnings)
      for (const id of offers) this.clashes.set(at_.get(id), [...(this.clashes.get(at_.get(id)) ?? []), fill(this.t.start.clash, { name })]);
    this.warned.replaceChildren(...warnings.map(({ detail }) => h("li", {}, detail)));
  }

  /** All faults, each at its field; the page goes to the first. */
  showFaults(faults) {
    this.found = placed(faults);
    for (const [name, { faults: tell }] of Object.entries(this.fields)) tell(this.found.places[name] ?? []);
    setText(this.scriptFault, [...(this.found.places.script ?? []), ...(this.found.places.policy ?? [])].join("\n"));
    this.say(faults.length > 0 ? [fill(this.t.start.toMend, { n: faults.length }), ...this.found.rest] : []);
    this.showGoods();
  }

  say(lines) {
    setText(this.summary, lines.filter(Boolean).join("\n"));
  }

  toFirstFault() {
    this.querySelector("[aria-invalid='true'], [data-faulty] .open, .faults:not(:empty)")?.focus();
  }

  /** What is wrong is shown; whether nothing is. */
  async ready(button) {
    button.setAttribute("aria-busy", "true");
    try {
      await this.pasteNow();
      await this.look({ faults: true });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say([`${error.what}：${error.why}`, error.todo]);
      return false;
    } finally {
      button.removeAttribute("aria-busy");
    }
    if (this.found.count > 0) this.toFirstFault();
    return this.found.count === 0;
  }

  async submit() {
    if (this.go.getAttribute("aria-busy") !== "true" && (await this.ready(this.go))) this.tell("lb-start", { body: bodyOf(this.draft), button: this.go });
  }

  async askRehearsal() {
    if (await this.ready(this.rehearse)) this.tell("lb-rehearse", { body: bodyOf(this.draft), button: this.rehearse, onRefused: ({ what, why, todo }) => this.say([`${what}：${why}`, todo]) });
  }

  /** The service has refused after all. */
  refused({ what, why, todo }) {
    this.say([`${what}：${why}`, todo]);
  }

  /** It has begun: the next evening is set up anew. */
  started() {
    clearTimeout(this.looking);
    dropDraft(this.room);
    this.draft = leftDraft(this.room);
    this.takenFrom = null;
    this.found = placed([]);
    this.suggest();
    this.fillIn();
    this.warn([]);
    this.remark([]);
  }
}

/** The first pickup on a day after the cut-off's. */
function nextDay(cutoff) {
  const found = pickups(new Date(cutoff));
  return found.find((each) => each.slice(0, 10) > cutoff.slice(0, 10)) ?? found.at(-1);
}

customElements.define("lb-start-form", StartForm);
