/** The poll: what is asked, what one may answer, and how it stands, live. */
import { h, keyed, setAttribute, setText } from "../../static/shared/dom.js";
import { count } from "../../static/shared/format.js";
import { Guest } from "../overlay/guest.js";
import { icon } from "../overlay/icons.js";
import { setFigure, setLevel } from "../overlay/motion.js";
import { pollOn } from "../overlay/on.js";
import { clockText, isHot } from "../overlay/time.js";
import { fill } from "../overlay/words/index.js";
import { linesOf } from "./poll-lines.js";

const ONE_LINE = 9;

class PollCard extends Guest {
  build() {
    this.name = h("strong");
    this.time = h("span", { class: "phase number" });
    this.question = h("p", { class: "question" });
    this.lines = h("ul");
    this.how = h("span", { class: "clip" });
    this.votes = h("span", { class: "votes number" });
    this.append(
      h("section", { class: "box panel" }, h("header", {}, icon("poll"), this.name, this.time), this.question, this.lines, h("p", { class: "foot" }, this.how, this.votes)),
    );
  }

  wants({ state, now }) {
    return pollOn(state, now);
  }

  enter() {
    this.lines.replaceChildren();
    this.lines.keyedChildren = undefined;
    setText(this.votes, "");
  }

  update({ now, t }, poll) {
    const left = poll.state === "open" ? Math.max(0, Date.parse(poll.closes_at) - now) : 0;
    setAttribute(this.box, "data-phase", poll.state);
    setAttribute(this.box, "data-hot", isHot(left));
    setAttribute(this.box, "data-size", poll.options.length > 4 ? (poll.options.length > 6 ? "s" : "m") : "l");
    setText(this.name, t.poll.name);
    setText(this.time, poll.state === "open" ? clockText(left) : t.poll.closed);
    setText(this.question, poll.question);
    setAttribute(this.question, "data-long", [...poll.question].length > ONE_LINE);
    keyed(this.lines, linesOf(poll), ({ key }) => key, createLine, (line, option) => updateLine(line, option, t));
    setText(this.how, poll.state === "open" ? fill(t.poll.how, { key: poll.options[0]?.key ?? "" }) : "");
    setFigure(this.votes, fill(t.poll.votes, { n: count(poll.votes) }));
  }
}

function createLine() {
  const line = h("li");
  line.key = h("b", { class: "key number" });
  line.label = h("span", { class: "label clip" });
  line.share = h("span", { class: "share number" });
  line.level = h("span");
  line.append(line.key, line.label, line.share, h("div", { class: "bar" }, line.level));
  return line;
}

function updateLine(line, { key, label, share, leads }, t) {
  setText(line.key, key);
  setAttribute(line.key, "hidden", key === label);
  setText(line.label, label);
  setText(line.share, fill(t.poll.share, { n: share }));
  setAttribute(line, "data-leads", leads);
  setLevel(line.level, share / 100);
}

customElements.define("lb-poll-card", PollCard);
