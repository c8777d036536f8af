/** Connection, title, time on air and the evening's totals. Tells `lb-menu` when the menu is wanted. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { amount, count, duration, secondsLeft } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";

const CELLS = Object.freeze([
  ["comments", (totals) => count(totals.comments)],
  ["buyers", (totals) => count(totals.buyers)],
  ["reserved", (totals) => count(totals.reserved_quantity)],
  ["amount", (totals) => `¥${amount(totals.amount)}`],
]);

class TopBar extends Part {
  build() {
    this.link = h("span", { class: "link", role: "status" }, icon("link"), (this.linkWord = h("span")));
    this.heading = h("h1", { class: "clip" });
    this.elapsed = h("span", { class: "elapsed number" });
    this.menu = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-menu") } }, icon("more"));
    this.cells = CELLS.map(() => ({ name: h("dt"), value: h("dd", { class: "number clip" }) }));
    this.totals = h("dl", {}, ...this.cells.map(({ name, value }) => h("div", {}, name, value)));
    this.append(h("header", {}, this.link, this.heading, this.elapsed, this.menu), this.totals);
  }

  update({ session, totals, link, clock, t }) {
    this.shown = { session, link, clock, t };
    setText(this.heading, session?.title ?? t.noSession);
    setAttribute(this.menu, "aria-label", t.menu.open);
    setAttribute(this.totals, "hidden", session === null);
    CELLS.forEach(([key, valueOf], i) => {
      setText(this.cells[i].name, t.totals[key]);
      setText(this.cells[i].value, valueOf(totals));
    });
    this.tick();
  }

  /** Only what changes with time. */
  tick() {
    if (!this.shown) return;
    const { session, link, clock, t } = this.shown;
    setText(this.elapsed, runs(session) ? duration(clock.since(session.started_at)) : "");
    setAttribute(this.elapsed, "aria-label", runs(session) ? `${t.elapsed} ${this.elapsed.textContent}` : null);
    setAttribute(this.link, "data-link", link.phase);
    setText(this.linkWord, linkWords(link, t));
  }
}

function runs(session) {
  return session?.state === "running";
}

function linkWords(link, t) {
  if (link.phase !== "down") return t.link[link.phase];
  const seconds = secondsLeft(link.retryAt - Date.now());
  return seconds > 0 ? fill(t.link.downIn, { n: seconds }) : t.link.down;
}

customElements.define("lb-top-bar", TopBar);
