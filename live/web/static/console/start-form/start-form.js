/** What the console shows while no session runs: the next step, and the form that takes it. Tells `lb-start {body, button}`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, localInput, withOffset } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { pointAt, reportLink } from "../report-link.js";
import { readOffers } from "./offers-file.js";

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const CUTOFF_AFTER_MS = 3 * HOUR_MS;
const PICKUP_AT_HOUR = 10;

class StartForm extends Part {
  build() {
    this.heading = h("h2");
    this.next = h("p", { class: "next" });
    this.report = reportLink();
    this.back = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-last") } });
    this.file = h("input", { type: "file", class: "only-read", accept: ".json,application/json", on: { change: () => this.readFile() } });
    this.fileWord = h("span");
    this.paste = h("textarea", { rows: "4", spellcheck: "false", on: { input: () => this.read() } });
    this.found = h("p", { class: "found number", role: "status" });
    this.name = h("input", { type: "text", maxlength: "100" });
    this.cutoff = h("input", { type: "datetime-local" });
    this.pickup = h("input", { type: "datetime-local" });
    this.points = h("textarea", { rows: "2" });
    this.hosts = h("input", { type: "text" });
    this.faults = h("ul", { class: "faults", role: "alert" });
    this.goWord = h("span");
    this.go = h("button", { type: "submit", class: "button primary" }, this.goWord);
    this.labels = {};
    this.append(this.heading, this.next, h("div", { class: "last" }, this.back, this.report), this.buildForm());
    this.suggestTimes(new Date());
  }

  buildForm() {
    const field = (key, input) => h("label", { class: "field" }, (this.labels[key] = h("span")), input);
    const form = h(
      "form",
      { novalidate: true },
      h("div", { class: "field" }, (this.labels.file = h("span")), h("label", { class: "button pick" }, this.fileWord, this.file)),
      field("paste", this.paste),
      this.found,
      field("title", this.name),
      h("div", { class: "times" }, field("cutoff", this.cutoff), field("pickup", this.pickup)),
      field("points", this.points),
      field("hosts", this.hosts),
      this.faults,
      this.go,
    );
    form.addEventListener("submit", (event) => (event.preventDefault(), this.submit()));
    return form;
  }

  update({ state, t }) {
    this.t = t;
    setText(this.heading, t.start.idle);
    setText(this.next, state.session ? `${fill(t.start.last, { title: state.session.title })}\n${t.start.next}` : t.start.next);
    pointAt(this.report, state.session, t.start.report);
    this.takeOver(state.session);
    setText(this.back, t.start.back);
    setAttribute(this.back, "hidden", state.session === null);
    for (const [key, label] of Object.entries(this.labels)) setText(label, t.start[key]);
    setText(this.fileWord, this.file.files[0]?.name ?? t.start.choose);
    setAttribute(this.paste, "placeholder", t.start.sample);
    setAttribute(this.name, "placeholder", t.start.titleSample);
    setAttribute(this.points, "placeholder", t.start.pointsSample);
    setText(this.goWord, t.start.go);
  }

  /** Tonight and tomorrow morning, on the quarter, to be changed by hand. */
  suggestTimes(now) {
    const cutoff = new Date(Math.ceil((now.getTime() + CUTOFF_AFTER_MS) / QUARTER_MS) * QUARTER_MS);
    const pickup = new Date(cutoff.getFullYear(), cutoff.getMonth(), cutoff.getDate() + 1, PICKUP_AT_HOUR);
    this.cutoff.value = localInput(cutoff);
    this.pickup.value = localInput(pickup);
  }

  /** Places and hosts are those of the last evening until somebody writes others; its times are over. */
  takeOver(session) {
    if (session === null || this.takenFrom === session.id) return;
    this.takenFrom = session.id;
    if (!this.points.value) this.points.value = pointLines(session.cycle.pickup_points);
    if (!this.hosts.value) this.hosts.value = session.hosts.join("，");
    if (new Date(this.cutoff.value) < new Date()) this.suggestTimes(new Date());
  }

  async readFile() {
    const [file] = this.file.files;
    if (!file) return;
    this.paste.value = await file.text();
    setText(this.fileWord, file.name);
    this.read();
  }

  /** Take over what the list itself says of the evening. */
  read() {
    const { given, offers, faults } = readOffers(this.paste.value, this.t.start.faults);
    const quota = offers.reduce((sum, offer) => sum + (Number(offer?.quota) || 0), 0);
    setText(this.found, offers.length > 0 ? fill(this.t.start.found, { n: offers.length, quota: count(quota) }) : "");
    this.showFaults(this.paste.value ? faults : []);
    if (typeof given.title === "string") this.name.value = given.title;
    if (Array.isArray(given.hosts)) this.hosts.value = given.hosts.join("，");
    if (given.cycle) this.takeCycle(given.cycle);
  }

  takeCycle({ cutoff_at: cutoff, pickup_at: pickup, pickup_points: points }) {
    if (!Number.isNaN(Date.parse(cutoff))) this.cutoff.value = localInput(new Date(cutoff));
    if (!Number.isNaN(Date.parse(pickup))) this.pickup.value = localInput(new Date(pickup));
    if (Array.isArray(points)) this.points.value = pointLines(points);
  }

  submit() {
    const read = readOffers(this.paste.value, this.t.start.faults);
    const points = pickupPoints(this.points.value);
    const faults = [...read.faults, ...this.missing(points)];
    this.showFaults(faults);
    if (faults.length === 0) this.tell("lb-start", { body: this.body(read, points), button: this.go });
  }

  missing(points) {
    const words = this.t.start.faults;
    const checks = [
      [this.name.value.trim(), words.title],
      [this.cutoff.value, words.cutoff],
      [this.pickup.value, words.pickup],
      [!this.cutoff.value || !this.pickup.value || this.cutoff.value < this.pickup.value, words.order],
      [points.length > 0, words.points],
    ];
    return checks.filter(([good]) => !good).map(([, fault]) => fault);
  }

  body({ given, offers }, points) {
    const kept = given.cycle?.pickup_points ?? [];
    return {
      type: "start_session",
      title: this.name.value.trim(),
      offers,
      cycle: {
        cutoff_at: withOffset(new Date(this.cutoff.value)),
        pickup_at: withOffset(new Date(this.pickup.value)),
        pickup_points: points.map((point, i) => ({ id: kept[i]?.id ?? `p${i + 1}`, ...point })),
      },
      hosts: this.hosts.value.split(/[,，、]/u).map((name) => name.trim()).filter(Boolean),
      ...(given.policy ? { policy: given.policy } : null),
      ...(given.script ? { script: given.script } : null),
    };
  }

  /** Faults of the form, or those that the service found. */
  showFaults(faults) {
    this.faults.replaceChildren(...faults.map((fault) => h("li", {}, fault)));
  }
}

function pointLines(points) {
  return points.map((point) => [point.name, point.address].filter(Boolean).join("，")).join("\n");
}

function pickupPoints(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.map((line) => {
    const [name, ...address] = line.split(/[,，]/u);
    return { name: name.trim(), address: address.join("，").trim() };
  });
}

customElements.define("lb-start-form", StartForm);
