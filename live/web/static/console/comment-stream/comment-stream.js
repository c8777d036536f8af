/** All comments of the session with what was understood and why; newest at the bottom, beside the thumb, as is what narrows and stops the list. */
import { afterFrame, h, Part, setAttribute, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { emptyState } from "../empty-state.js";
import "../source-line/source-line.js";
import "./comment-row.js";
import { Pausing } from "./pausing.js";
import "./stream-bar.js";
import { VirtualRows } from "./virtual-rows.js";

class CommentStream extends Part {
  build() {
    this.setAttribute("role", "region");
    this.filter = "all";
    this.known = { turns: -1, last: 0 };
    this.seenTo = 0;
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")));
    this.sources = document.createElement("lb-source-line");
    this.empty = emptyState("chat");
    this.fresh = h("button", { type: "button", class: "button primary fresh", hidden: true, on: { click: () => this.goOn() } });
    this.fresh.append(icon("down"), (this.freshWord = h("span", { class: "number" })));
    this.bar = document.createElement("lb-stream-bar");
    this.bar.addEventListener("lb-filter", ({ detail }) => this.narrow(detail));
    this.bar.addEventListener("lb-pause", () => (this.pausing.stopped ? this.goOn() : this.pausing.stop("tap")));
    this.append(h("div", { class: "stream" }, this.head, this.sources, this.buildRows(), this.bar));
  }

  buildRows() {
    const [above, below] = [h("div", { class: "space" }), h("div", { class: "space" })];
    this.list = h("div", { role: "feed", class: "rows" });
    this.scroller = h("div", { class: "scroller", tabindex: "0" }, above, this.list, below);
    const make = () => document.createElement("lb-comment-row");
    const show = (row, n, place) => row.tellOf(this.shown.log.get(n), this.shown, place);
    this.rows = new VirtualRows({ scroller: this.scroller, above, list: this.list, below, make, show, onChange: () => this.redraw() });
    this.pausing = new Pausing({ scroller: this.scroller, rows: this.rows, onChange: () => this.turned(), onScroll: () => this.redraw() });
    return h("div", { class: "window" }, this.scroller, this.empty, this.fresh);
  }

  /** `log`: the session's comments, without `kinds` while it is fetched; `comments`: the newest of them, oldest first. */
  update({ log, comments, state, clock, t }) {
    if (!log.kinds) return;
    this.shown = { log, state, t };
    this.sources.show({ comments, state, clock, t });
    setText(this.heading, t.comments.list);
    for (const node of [this, this.scroller, this.list]) setAttribute(node, "aria-label", t.comments.list);
    this.takeIn(log.kinds);
    this.draw();
  }

  /** Only what changes with time. */
  tick() {
    this.sources?.tick?.();
    if (this.list?.querySelector("[data-coming]")) this.redraw();
  }

  /** Bring the rows to what is known now: made anew, or longer. */
  takeIn(kinds) {
    const fresh = kinds.turns !== this.known.turns;
    if (fresh) this.rows.replace(kinds.list(this.filter, 0, []));
    else if (kinds.last > this.known.last) this.rows.append(kinds.list(this.filter, this.known.last, []));
    this.known = { turns: kinds.turns, last: kinds.last };
  }

  draw() {
    const { log, t } = this.shown;
    const { stopped } = this.pausing;
    this.bar.show({ filter: this.filter, countOf: (filter) => log.kinds.countOf(filter), stopped, t });
    this.rows.draw();
    this.seenTo = stopped ? Math.max(this.seenTo, this.rows.lowest ?? 0) : log.kinds.last;
    const unseen = this.rows.after(this.seenTo);
    this.empty.say(...t.comments.none[this.filter]);
    setAttribute(this.empty, "hidden", this.rows.count > 0);
    setAttribute(this.fresh, "hidden", !stopped);
    setText(this.freshWord, unseen > 0 ? fill(t.comments.fresh, { n: unseen }) : t.comments.goOn);
  }

  redraw() {
    if (this.drawing) return;
    this.drawing = true;
    afterFrame(() => {
      this.drawing = false;
      if (this.shown) this.draw();
    });
  }

  /** It has stopped, at what was known then, or goes on. */
  turned() {
    this.rows.follows = !this.pausing.stopped;
    this.redraw();
  }

  goOn() {
    this.pausing.goOn();
    this.scroller.focus({ preventScroll: true }); // the button that had it goes
  }

  /** Another filter begins at its end; a list that was stopped by 暂停 stands still there. */
  narrow(filter) {
    const { kinds } = this.shown.log;
    this.filter = filter;
    this.known.turns = -1;
    this.seenTo = kinds.last;
    this.pausing.letGo();
    this.rows.follows = true;
    this.takeIn(kinds);
    this.rows.jump(1);
    this.turned();
  }
}

customElements.define("lb-comment-stream", CommentStream);
