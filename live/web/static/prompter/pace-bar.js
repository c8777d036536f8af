/** The thin line on top: this section's minutes, the evening's pace, and whether we are connected. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { duration } from "../shared/format.js";
import { fill } from "../shared/i18n/fill.js";
import { icon } from "../shared/icons.js";

const MINUTE_MS = 60_000;

class PaceBar extends Part {
  build() {
    this.link = h("span", { class: "link", role: "status" }, icon("link"), (this.linkWord = h("span")));
    this.here = h("span", { class: "here number" });
    this.all = h("span", { class: "all number" });
    this.left = h("span", { class: "left number" });
    this.place = h("span", { class: "place number" });
    this.level = h("span");
    this.append(h("div", { class: "words" }, this.link, this.here, this.all, this.left, this.place), h("div", { class: "track" }, this.level));
  }

  update({ link, here, whole, at, of, t }) {
    setAttribute(this.link, "data-link", link.phase);
    setText(this.linkWord, t.link[link.phase]);
    setAttribute(this.linkWord, "class", link.phase === "up" ? "only-read" : null);
    for (const part of [this.here, this.all, this.left, this.place]) setAttribute(part, "hidden", here === null);
    setAttribute(this, "data-tone", here?.tone ?? "none");
    this.level.style.transform = `scaleX(${here?.share ?? 0})`;
    if (here === null) return;
    const spent = duration(here.spent);
    setText(this.here, here.planned === null ? fill(t.pace.hereOpen, { spent }) : fill(t.pace.here, { spent, n: here.planned / MINUTE_MS }));
    setText(this.all, behindWords(whole.behind, t));
    setAttribute(this.all, "data-tone", whole.behind >= MINUTE_MS ? "over" : "good");
    setText(this.left, fill(t.pace.left, { n: Math.ceil(whole.left / MINUTE_MS) }));
    setText(this.place, fill(t.pace.place, { at: at + 1, of }));
  }
}

function behindWords(behind, t) {
  const n = Math.round(Math.abs(behind) / MINUTE_MS);
  if (n === 0) return t.pace.onTime;
  return fill(behind > 0 ? t.pace.behind : t.pace.ahead, { n });
}

customElements.define("lb-pace-bar", PaceBar);
