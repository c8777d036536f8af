/** Everything for the picture in one place: what can be begun, what runs, what the picture shows, and what there was tonight. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { duration } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { runningSession } from "../../shared/select.js";
import { flashLeft, liveFlashes, namesOf, openBag, openPoll, winnersOf } from "../stage.js";
import { hide } from "./form.js";
import { openPanel } from "./panel.js";

const FLASH_WORDS = Object.freeze({ announced: "startsIn", running: "selling", paused: "paused" });
const KINDS = Object.freeze([["flash", "bolt"], ["bag", "gift"], ["poll", "bars"], ["prompt", "chat"]]);

class ActivityList extends Part {
  build() {
    this.tiles = KINDS.map(([kind, iconName]) => {
      const name = h("strong");
      const note = h("span", { class: "under clip number" });
      const button = h("button", { type: "button", class: "button tile", on: { click: () => this.go("lb-begin", { kind }) } }, icon(iconName), h("span", { class: "lines" }, name, note));
      return { kind, name, note, button };
    });
    this.grid = h("div", { class: "tiles" }, ...this.tiles.map(({ button }) => button));
    this.onPicture = h("h3");
    this.code = h("button", { type: "button", role: "switch", class: "button plain switch", on: { click: () => this.onSwitch() } }, (this.codeWord = h("span")), h("span", { class: "knob", "aria-hidden": "true" }));
    this.shown = h("div", { class: "shown-row" }, (this.shownWord = h("span", { class: "clip number" })), (this.hideIt = h("button", { type: "button", class: "button" })));
    this.hideIt.addEventListener("click", () => this.send({ type: "hide_comment" }, this.hideIt));
    this.pastHead = h("h3");
    this.past = h("ul", { class: "past" });
    this.append(this.grid, this.onPicture, this.code, this.shown, this.pastHead, this.past);
  }

  update({ state, clock, t }) {
    this.state = state;
    const live = runningSession(state) !== null;
    hide(!live, this.grid, this.onPicture, this.code);
    for (const tile of this.tiles) {
      setText(tile.name, t.act.kinds[tile.kind]);
      setText(tile.note, noteOf(tile.kind, state, clock, t));
    }
    setText(this.onPicture, t.act.onPicture);
    setText(this.codeWord, t.act.orderCode);
    setAttribute(this.code, "aria-checked", String(Boolean(state.session?.order_code)));
    hide(!live || !state.shown, this.shown);
    setText(this.shownWord, state.shown ? `${state.shown.name}：${state.shown.text}` : "");
    setText(this.hideIt, t.act.hideShort);
    this.showPast(state, t);
  }

  showPast(state, t) {
    const bags = state.giveaways.filter((bag) => bag.state === "drawn").map((bag) => pastBag(bag, t));
    const polls = state.polls.filter((poll) => poll.state === "closed").map((poll) => pastPoll(poll, t));
    const rows = [...bags, ...polls].reverse();
    setText(this.pastHead, t.act.past);
    hide(rows.length === 0, this.pastHead, this.past);
    keyed(this.past, rows, ({ id }) => id, (row) => this.makePast(row), (node, row) => node.say(row));
  }

  makePast({ kind, id }) {
    const name = h("strong", { class: "clip" });
    const note = h("span", { class: "under clip number" });
    const button = h("button", { type: "button", class: "button plain", on: { click: () => this.go("lb-live", { kind, id }) } }, h("span", { class: "lines" }, name, note));
    const node = h("li", {}, button);
    node.say = (row) => (setText(name, row.name), setText(note, row.note));
    return node;
  }

  onSwitch() {
    this.send({ type: this.state.session?.order_code ? "hide_order_code" : "show_order_code" }, this.code);
  }

  send(command, button) {
    this.clearRefusal();
    this.run(command, button, this.refused);
  }

  /** Leave this sheet for another one. */
  go(name, detail) {
    this.leave();
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** What a tile says below its name: what runs, or what it is for. */
function noteOf(kind, state, clock, t) {
  const [bag, poll, [flash]] = [openBag(state), openPoll(state), liveFlashes(state)];
  const seconds = (ms) => duration(Math.ceil(ms / 1_000) * 1_000);
  const left = (moment) => seconds(clock.until(moment));
  if (kind === "flash" && flash) return fill(t.stage[FLASH_WORDS[flash.state]], { left: seconds(flashLeft(flash, clock)), n: flash.available });
  if (kind === "bag" && bag) return bag.state === "open" ? fill(t.stage.entering, { left: left(bag.closes_at), n: bag.entries }) : t.stage.drawing;
  if (kind === "poll" && poll) return fill(t.stage.voting, { left: left(poll.closes_at), n: poll.votes });
  if (kind === "prompt" && state.prompt) return fill(t.act.promptNow, { keyword: state.prompt.keyword, left: left(state.prompt.closes_at) });
  return t.act.hints[kind];
}

function pastBag(bag, t) {
  const won = winnersOf(bag);
  const claimed = won.filter((winner) => winner.state === "claimed").length;
  const note = won.length > 0 ? `${namesOf(won, t.stage, fill)} · ${fill(t.act.claimed, { n: claimed, all: won.length })}` : t.stage.drawnNobody;
  return { kind: "bag", id: bag.id, name: `${t.stage.bag} · ${bag.rules.prize}`, note };
}

function pastPoll(poll, t) {
  const best = [...poll.options].sort((one, other) => other.votes - one.votes)[0];
  return { kind: "poll", id: poll.id, name: `${t.stage.poll} · ${poll.question}`, note: fill(t.act.pollBest, { label: best.label, n: best.votes }) };
}

customElements.define("lb-activity-list", ActivityList);

/** Open the list. */
export function openActivities({ desk, run }) {
  const part = Object.assign(document.createElement("lb-activity-list"), { run });
  part.leave = openPanel({ desk, title: desk.t.stage.open, part });
}
