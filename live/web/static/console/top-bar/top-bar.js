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
    this.marks = [icon("link"), icon("trouble")];
    this.link = h("span", { class: "link" }, ...this.marks, (this.linkWord = h("span")));
    this.health = h("button", { type: "button", class: "health", on: { click: () => this.tell("lb-health") } }, this.link);
    this.heading = h("h1", { class: "clip" });
    this.elapsed = h("span", { class: "elapsed number" });
    this.menu = h("button", { type: "button", class: "button bare", on: { click: () => this.tell("lb-menu") } }, icon("more"));
    this.cells = CELLS.map(() => ({ name: h("dt"), value: h("dd", { class: "number clip" }) }));
    this.totals = h("dl", {}, ...this.cells.map(({ name, value }) => h("div", {}, name, value)));
    this.append(h("header", {}, this.health, this.heading, this.elapsed, this.menu), this.totals);
  }

  /** `risk`: orders may be lost; what is wrong stands in the banner. */
  update({ session, totals, link, risk, clock, t }) {
    this.shown = { session, link, risk, clock, t };
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
    const { session, link, risk, clock, t } = this.shown;
    const warned = risk && link.phase === "up";
    const word = warned ? t.health.risk : linkWords(link, t);
    setText(this.elapsed, runs(session) ? duration(clock.since(session.started_at)) : "");
    setAttribute(this.elapsed, "aria-label", runs(session) ? `${t.elapsed} ${this.elapsed.textContent}` : null);
    setAttribute(this.link, "data-link", link.phase);
    setAttribute(this.link, "data-risk", warned);
    this.marks.forEach((mark, i) => setAttribute(mark, "hidden", (i === 1) !== warned));
    setText(this.linkWord, word);
    setAttribute(this.health, "aria-label", fill(t.health.open, { word }));
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
