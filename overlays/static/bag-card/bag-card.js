/** The lucky bag: how many are in and how to get in, the drum roll, the winners, and the way to the proof. */
import { h, keyed, setAttribute, setText } from "../../static/shared/dom.js";
import { count } from "../../static/shared/format.js";
import { qr } from "../../static/viewer/qr.js";
import { Guest } from "../overlay/guest.js";
import { icon } from "../overlay/icons.js";
import { rejoice, setFigure } from "../overlay/motion.js";
import { bagOn, isJoyful } from "../overlay/on.js";
import { clockSize, clockText, isHot } from "../overlay/time.js";
import { fill } from "../overlay/words/index.js";
import { ProofCode } from "./proof-code.js";
import { FEW, LAMPS, MOST, winnersOf } from "./winners.js";

/** From here on people are counted by the ten thousand: the figure would not fit. */
const MYRIAD = 100_000;
const SHORT_FIGURE = 7;
const SHORT_KEYWORD = 4;

class BagCard extends Guest {
  build() {
    this.proof = new ProofCode();
    this.name = h("strong");
    this.phase = h("span", { class: "phase number" });
    this.prize = h("p", { class: "prize" });
    this.how = h("p", { class: "how" });
    this.clockWord = h("span", { class: "small" });
    this.time = h("strong", { class: "time number" });
    this.entries = h("strong", { class: "entries number" });
    this.entriesWord = h("span", { class: "small" });
    this.lamps = h("p", { class: "lamps" }, ...Array.from({ length: LAMPS }, () => h("i")));
    this.next = h("p", { class: "next clip number" });
    this.sealed = h("p", { class: "small clip number" });
    this.winners = h("ul", { class: "winners" });
    this.code = h("div", { class: "code" });
    this.check = h("strong");
    this.checkHow = h("span");
    this.claim = h("span");
    const open = h("div", { class: "open" }, this.how, h("div", { class: "figures" }, h("p", {}, this.clockWord, this.time), h("p", {}, this.entriesWord, this.entries)));
    const roll = h("div", { class: "roll" }, this.lamps, this.next, this.sealed);
    const proof = h("div", { class: "proof" }, this.code, h("p", {}, this.check, this.checkHow, this.claim));
    this.append(h("section", { class: "box panel" }, h("header", {}, icon("bag"), this.name, this.phase), this.prize, open, roll, this.winners, proof));
  }

  wants({ state, now }) {
    return bagOn(state, now);
  }

  enter() {
    this.rejoiced = null;
    setText(this.entries, "");
  }

  update({ now, t, page }, bag) {
    const joyful = isJoyful(bag, now);
    if (bag.state === "drawn") this.drawCode(bag, page, t);
    const phase = bag.state !== "drawn" ? bag.state : joyful || !this.proof.rows ? "joy" : "proof";
    setAttribute(this.box, "data-phase", phase);
    setText(this.name, bag.title || t.bag.name);
    setText(this.prize, bag.rules.prize);
    this.drawOpen(bag, now, t);
    this.drawRoll(bag, t);
    this.drawWinners(bag, phase, t);
    if (phase === "joy" && joyful) this.celebrate(bag);
  }

  drawOpen(bag, now, t) {
    const left = bag.state === "open" ? Math.max(0, Date.parse(bag.closes_at) - now) : 0;
    const text = clockText(left);
    const long = [...bag.keyword].length > SHORT_KEYWORD;
    setText(this.how, fill(long ? t.bag.enterLong : t.bag.enter, { keyword: bag.keyword }));
    setAttribute(this.how, "data-long", long);
    setText(this.clockWord, t.bag.endsIn);
    setText(this.time, text);
    setAttribute(this.time, "data-size", clockSize(text));
    const people = peopleWords(bag.entries, t);
    setFigure(this.entries, people);
    setAttribute(this.entries, "data-long", people.length > SHORT_FIGURE);
    setText(this.entriesWord, t.bag.entries);
    setAttribute(this.box, "data-hot", isHot(left));
    setText(this.phase, phaseWords(bag, t));
  }

  drawRoll(bag, t) {
    [...this.lamps.children].forEach((lamp, i) => setAttribute(lamp, "data-lit", i < bag.witnessed));
    const missing = LAMPS - bag.witnessed;
    const wait = missing > 0 ? fill(t.bag.more, { n: missing }) : t.bag.enough;
    setText(this.next, (bag.beacon_round ?? null) === null ? wait : t.bag.beacon);
    setText(this.sealed, fill(t.bag.sealed, { n: count(bag.entries) }));
  }

  drawWinners(bag, phase, t) {
    const { shown, more, all } = winnersOf(bag, phase === "proof" ? FEW : MOST);
    const lines = all === 0 ? [{ key: "none", text: t.bag.nobody }] : shown.map(({ entry, name, state }) => ({ key: entry, text: name, state }));
    if (more > 0) lines.push({ key: "more", text: fill(t.bag.andMore, { n: count(all) }), state: "more" });
    keyed(this.winners, lines, ({ key }) => key, () => h("li", { class: "clip number" }), drawLine);
    setAttribute(this.winners, "data-size", all === 1 ? "l" : all > 0 && all < 4 ? "m" : "s");
    setAttribute(this.winners, "data-many", all > 3);
  }

  drawCode(bag, page, t) {
    if (!this.proof.ask(bag.id, page)) return;
    this.code.replaceChildren(qr(this.proof.rows, t.bag.proof));
    setText(this.check, t.bag.check);
    setText(this.checkHow, t.bag.checkHow);
    setText(this.claim, bag.rules.claim?.hours ? fill(t.bag.claim, { n: bag.rules.claim.hours }) : "");
  }

  celebrate(bag) {
    const key = `${bag.id} ${bag.rounds.length}`;
    if (this.rejoiced === key || winnersOf(bag, MOST).all === 0) return;
    this.rejoiced = key;
    rejoice(this.box);
  }
}

function drawLine(node, { text, state }) {
  setText(node, text);
  setAttribute(node, "data-state", state);
}

function peopleWords(people, t) {
  return people < MYRIAD ? fill(t.bag.people, { n: count(people) }) : fill(t.bag.tenThousands, { n: (Math.floor(people / 1_000) / 10).toFixed(1) });
}

function phaseWords(bag, t) {
  if (bag.state === "open") return fill(t.bag.prizes, { n: count(bag.rules.winners) });
  return bag.state === "closed" ? t.bag.closed : winnersOf(bag, MOST).all > 0 ? t.bag.won : t.bag.over;
}

customElements.define("lb-bag-card", BagCard);
