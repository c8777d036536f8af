/** A poll with its bars as the votes come. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, duration } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { hide } from "./form.js";
import { openPanel } from "./panel.js";

const SECOND_MS = 1_000;

class PollPanel extends Part {
  build() {
    this.huge = h("p", { class: "huge number" });
    this.word = h("p", { class: "under number" });
    this.bars = h("ol", { class: "poll-bars" });
    this.append(this.huge, this.word, this.bars);
  }

  update({ state, clock, t }) {
    const poll = state.polls.find(({ id }) => id === this.pollId);
    if (!poll) return;
    const most = Math.max(1, ...poll.options.map(({ votes }) => votes));
    const open = poll.state === "open";
    setText(this.huge, open ? duration(Math.ceil(clock.until(poll.closes_at) / SECOND_MS) * SECOND_MS) : t.act.pollOver);
    setText(this.word, fill(t.act.pollVotes, { n: count(poll.votes) }));
    keyed(this.bars, poll.options, ({ key }) => key, makeBar, (node, option) => node.say(option, poll, most, t));
    hide(!open, this.end);
  }
}

function makeBar() {
  const name = h("span", { class: "clip" });
  const votes = h("strong", { class: "number" });
  const level = h("span");
  const node = h("li", {}, name, votes, h("span", { class: "bar" }, level));
  node.say = (option, { votes: all }, most, t) => {
    setText(name, `${option.key} ${option.label}`);
    setText(votes, fill(t.act.pollShare, { n: count(option.votes), share: all > 0 ? Math.round((option.votes / all) * 100) : 0 }));
    setAttribute(node, "data-leads", option.votes > 0 && option.votes === most);
    level.style.transform = `scaleX(${option.votes / most})`;
  };
  return node;
}

customElements.define("lb-poll-panel", PollPanel);

/** Open the panel of a poll. */
export function openPollPanel({ desk, run, poll }) {
  const part = Object.assign(document.createElement("lb-poll-panel"), { pollId: poll.id });
  const end = h("button", { type: "button", class: "button plain trouble" }, desk.t.act.pollEnd);
  part.end = end;
  end.addEventListener("click", () => (part.clearRefusal(), run({ type: "close_poll", poll_id: poll.id }, end, part.refused)));
  openPanel({ desk, title: poll.question, part, buttons: () => [end] });
}
