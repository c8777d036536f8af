/** One order cycle: its times, its counts, what is in danger, and the next step. */
import "./list-taps.js";
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { dayAndTime } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { at } from "../../shared/root.js";

const BEFORE = Object.freeze(["reserved", "waitlisted"]);
const AFTER = Object.freeze(["locked", "ready", "collected", "no_show"]);
const PAPERS = Object.freeze(["purchase", "picklist", "labels"]);

class CycleCard extends Part {
  build() {
    this.heading = h("h3", { class: "clip" });
    this.chip = h("span", { class: "chip" });
    this.times = h("p", { class: "times number" });
    this.notice = h("p", { class: "notice" });
    this.counts = h("dl", { class: "counts" });
    this.dangers = h("ul", { class: "dangers" });
    this.points = h("ul", { class: "points" });
    this.desk = h("a", { class: "button primary", target: "_blank", rel: "noopener" });
    this.cut = button("button", () => this.say("lb-cut-off"));
    this.move = button("button plain", () => this.say("lb-move-pickup"));
    this.papers = PAPERS.map((name) => [name, h("a", { class: "button plain", target: "_blank", rel: "noopener" })]);
    this.lists = document.createElement("lb-list-taps");
    this.append(
      h("div", { class: "line" }, this.heading, this.chip),
      this.times, this.notice, this.counts, this.dangers, this.points,
      h("div", { class: "taps" }, this.desk, this.cut, this.move),
      h("div", { class: "papers" }, ...this.papers.map(([, link]) => link)),
      this.lists,
    );
  }

  update({ summary, newest, room, clock, t }) {
    Object.assign(this, { summary, t });
    const { session, cycle, reservations, points } = summary;
    const closed = cycle.state === "closed";
    setText(this.heading, session.title);
    this.showStage(closed, reservations, t);
    setText(this.times, fill(t.fulfil.times, { cutoff: dayAndTime(cycle.cutoff_at, clock, t), pickup: dayAndTime(cycle.pickup_at, clock, t) }));
    setAttribute(this.notice, "hidden", !cycle.notice);
    setText(this.notice, cycle.notice ?? "");
    keyed(this.counts, countsOf(closed, reservations), ([key]) => key, makeCount, (node, [key, n]) => node.say(t.fulfil.counts[key], n));
    keyed(this.dangers, dangersOf(summary, closed, t), (text) => text, (text) => h("li", {}, text), () => {});
    const waiting = points.filter((point) => point.reservations.locked > 0);
    keyed(this.points, waiting, (point) => point.id, (point) => this.makePoint(point), (row, point) => row.say(point, t));
    this.showTaps(closed, session, room, t);
    setAttribute(this.lists, "hidden", !newest);
    this.lists.show({ room, session, t });
  }

  showStage(closed, { locked, ready }, t) {
    const stage = !closed ? "open" : locked > 0 ? "waiting" : ready > 0 ? "ready" : "done";
    setAttribute(this.chip, "data-meaning", { open: "question", waiting: "confirm", ready: "order" }[stage] ?? "other");
    setText(this.chip, t.fulfil.stages[stage]);
  }

  showTaps(closed, session, room, t) {
    setAttribute(this.cut, "hidden", closed);
    setText(this.cut, t.fulfil.cut);
    setText(this.move, t.fulfil.move);
    setAttribute(this.desk, "hidden", !closed);
    setAttribute(this.desk, "href", at(`pickup/${encodeURIComponent(room)}`));
    setText(this.desk, t.fulfil.desk);
    for (const [name, link] of this.papers) {
      setAttribute(link, "href", at(`reports/${encodeURIComponent(session.id)}/${name}`));
      setText(link, t.fulfil.papers[name]);
    }
  }

  makePoint(point) {
    const word = h("span");
    const tap = button("button order", () => this.tell("lb-ready", { summary: this.summary, point: row.point, button: tap }));
    const row = h("li", {}, word, tap);
    row.say = (now, t) => {
      row.point = now;
      setText(word, fill(t.fulfil.waitsAt, { name: now.name, n: now.reservations.locked }));
      setText(tap, t.fulfil.arrived);
      setAttribute(tap, "aria-label", fill(t.fulfil.arrivedAt, { name: now.name }));
    };
    row.point = point;
    return row;
  }

  say(name) {
    this.tell(name, { summary: this.summary });
  }
}

function button(kind, click) {
  return h("button", { type: "button", class: kind, on: { click } });
}

function countsOf(closed, reservations) {
  return (closed ? AFTER : BEFORE).map((key) => [key, reservations[key]]);
}

function makeCount() {
  const name = h("dt");
  const number = h("dd", { class: "number" });
  const node = h("div", {}, name, number);
  node.say = (word, n) => (setText(name, word), setText(number, String(n)));
  return node;
}

/** What the cut-off will take away, or has taken. */
function dangersOf({ offers }, closed, t) {
  if (closed) return offers.filter((offer) => offer.failed).map((offer) => fill(t.fulfil.failed, offer));
  const short = offers.filter((offer) => offer.missing_to_minimum > 0).map((offer) => fill(t.fulfil.short, { ...offer, n: offer.missing_to_minimum }));
  const loose = offers.filter((offer) => offer.unfilled > 0 && offer.missing_to_minimum === 0);
  return [...short, ...loose.map((offer) => fill(t.fulfil.loose, { ...offer, n: offer.missing_to_case }))];
}

customElements.define("lb-cycle-card", CycleCard);
