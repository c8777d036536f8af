/** What brings the comments: each source with how well it is heard and how old its last comment is. A tap opens its health. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { duration } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";
import { runningSession } from "../../shared/select.js";
import { lastCommentMs } from "../../shared/sources.js";

class SourceLine extends Part {
  build() {
    this.list = h("ul");
    this.none = h("p", { class: "none" });
    this.name = h("span", { class: "only-read" });
    setAttribute(this, "hidden", true); // until it has its words
    const words = h("div", { class: "words" }, this.list, this.none);
    this.append(words, h("button", { type: "button", class: "open", on: { click: () => this.tell("lb-health") } }, this.name, icon("ahead")));
  }

  /** `comments`: the latest ones, oldest first. */
  update({ comments, state, clock, t }) {
    this.shown = { comments, clock, t };
    const live = runningSession(state) !== null;
    setAttribute(this, "hidden", !live);
    setText(this.none, t.sources.none);
    setText(this.name, t.health.sources);
    setAttribute(this.none, "hidden", state.sources.length > 0);
    this.sources = live ? state.sources : [];
    this.tick();
  }

  /** Only what changes with time. */
  tick() {
    if (!this.shown) return;
    keyed(this.list, this.sources, (source) => source.id, makeRow, (row, source) => showRow(row, source, this.shown));
  }
}

function makeRow() {
  const row = h("li", {}, h("span", { class: "dot", "aria-hidden": "true" }));
  row.name = h("strong", { class: "clip" });
  row.word = h("span", { class: "word" });
  row.age = h("span", { class: "age number" });
  row.append(row.name, row.word, row.age);
  return row;
}

function showRow(row, source, { comments, clock, t }) {
  setAttribute(row, "data-state", source.state);
  setText(row.name, source.name);
  setText(row.word, t.sources[source.state]);
  const last = lastCommentMs(source, comments);
  const age = last === null ? null : duration(Math.max(0, clock.now() - last));
  setText(row.age, age === null ? t.sources.never : fill(t.sources.ago, { age }));
}

customElements.define("lb-source-line", SourceLine);
