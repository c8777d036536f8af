/** A lucky bag from its opening to the last prize: entries, the drawing, the winners, and the proof for everybody. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, dayAndTime, duration, yuan } from "../../shared/format.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { at } from "../../shared/root.js";
import { askTwice, field, hide, textInput } from "./form.js";
import { openPanel } from "./panel.js";

const SECOND_MS = 1_000;
const WITNESSES = 5;
const MEANINGS = Object.freeze({ won: "confirm", claimed: "order", forfeited: "other" });

class BagPanel extends Part {
  build() {
    this.huge = h("p", { class: "huge number" });
    this.word = h("p", { class: "under number", role: "status" });
    this.rules = h("p", { class: "under" });
    this.winners = h("ul", { class: "winners" });
    this.until = h("p", { class: "under number" });
    this.proof = h("div", { class: "panel-taps" });
    this.append(this.huge, this.word, this.rules, this.winners, this.until, this.proof);
    this.links = {
      page: h("a", { class: "button plain", target: "_blank", rel: "noopener" }),
      file: h("a", { class: "button plain", download: true }),
      code: h("button", { type: "button", class: "button plain", on: { click: () => this.onCode() } }),
    };
    this.proof.append(...Object.values(this.links));
  }

  update({ state, clock, t }) {
    const bag = state.giveaways.find(({ id }) => id === this.bagId);
    if (!bag) return;
    Object.assign(this, { bag, t });
    setAttribute(this, "data-state", bag.state);
    if (bag.state !== "drawn") this.showWait(bag, clock, t);
    else this.showDrawn(bag, clock, t);
    setText(this.rules, rulesWords(bag.rules));
    hide(bag.state !== "open", this.now);
    hide(bag.state === "drawn", this.rules);
    hide(bag.state !== "drawn", this.winners, this.until);
    hide(unclaimed(bag).length < 2, this.again);
    this.showProof(bag, t);
  }

  showWait(bag, clock, t) {
    const open = bag.state === "open";
    setText(this.huge, open ? duration(Math.ceil(clock.until(bag.closes_at) / SECOND_MS) * SECOND_MS) : t.act.drawing);
    const words = open ? fill(t.act.entries, { n: count(bag.entries), keyword: bag.rules.keyword }) : fill(t.act.witness, { n: bag.witnessed, all: WITNESSES, entries: count(bag.entries) });
    setText(this.word, words);
  }

  showDrawn(bag, clock, t) {
    const rows = bag.rounds.flatMap((round) => round.winners.map((winner) => ({ ...winner, round: round.round })));
    setText(this.huge, rows.length > 0 ? t.act.winners : t.act.nobody);
    setText(this.word, fill(t.act.ofEntries, { n: count(bag.entries) }));
    keyed(this.winners, rows, ({ entry, round }) => `${entry}/${round}`, (row) => this.makeRow(row), (node, row) => node.say(row, t));
    setText(this.until, bag.claim_until ? fill(t.act.claimUntil, { time: dayAndTime(bag.claim_until, clock, t) }) : "");
  }

  makeRow({ entry }) {
    const name = h("strong", { class: "clip" });
    const chip = h("span", { class: "chip" });
    const claim = h("button", { type: "button", class: "button order", on: { click: () => this.onClaim(entry, claim) } });
    const forfeit = h("button", { type: "button", class: "button plain", on: { click: () => this.onForfeit([entry]) } });
    const node = h("li", {}, icon("gift"), name, chip, h("span", { class: "taps" }, forfeit, claim));
    node.say = (winner, t) => {
      setText(name, winner.name);
      setAttribute(node, "data-state", winner.state);
      setAttribute(chip, "data-meaning", MEANINGS[winner.state]);
      setText(chip, t.act.prizeStates[winner.state]);
      hide(winner.state === "won", chip);
      hide(winner.state !== "won", claim, forfeit);
      setText(claim, t.act.claim);
      setText(forfeit, t.act.redraw);
      setAttribute(claim, "aria-label", fill(t.act.claimOf, winner));
      setAttribute(forfeit, "aria-label", fill(t.act.redrawOf, winner));
    };
    return node;
  }

  showProof(bag, t) {
    const path = `draw/${encodeURIComponent(bag.id)}`;
    setAttribute(this.links.page, "href", at(path));
    setAttribute(this.links.file, "href", at(`${path}.html`));
    setText(this.links.page, t.act.proofPage);
    setText(this.links.file, t.act.proofFile);
    setText(this.links.code, t.act.proofCode);
    hide(bag.state !== "drawn", this.links.file);
  }

  onClaim(entry, button) {
    this.clearRefusal();
    this.run({ type: "claim_giveaway", giveaway_id: this.bag.id, entry }, button, this.refused);
  }

  onForfeit(entries) {
    this.leave();
    askRedraw(this.bag, entries, this.t, this.run);
  }

  onCode() {
    this.leave();
    this.dispatchEvent(new CustomEvent("lb-proof", { detail: { bag: this.bag } }));
  }
}

customElements.define("lb-bag-panel", BagPanel);

function unclaimed(bag) {
  return bag.rounds.flatMap(({ winners }) => winners).filter(({ state }) => state === "won");
}

/** How it is drawn stands in the public record, word for word. */
function rulesWords({ prize, prize_value: value, winners, who_text: who }) {
  return [`${prize} ${yuan(value)} ×${winners}`, who].filter(Boolean).join(" · ");
}

function askRedraw(bag, entries, t, run) {
  const names = bag.rounds.flatMap(({ winners }) => winners).filter(({ entry }) => entries.includes(entry)).map(({ name }) => name);
  let reason = t.act.redrawReason;
  askTwice({
    title: t.act.redrawTitle,
    body: [fill(t.act.redrawBody, { names: names.join("、"), n: entries.length })],
    more: [field(t.act.redrawWhy, textInput(reason, (text) => (reason = text), { maxlength: "200" }))],
    yes: t.act.redrawDo,
    t,
    onYes: () => run({ type: "redraw_giveaway", giveaway_id: bag.id, forfeited: entries, reason }, null),
  });
}

/** Open the panel of a bag; `onCode(bag)` shows the code of its proof. */
export function openBagPanel({ desk, run, bag, onCode }) {
  const { t } = desk;
  const part = Object.assign(document.createElement("lb-bag-panel"), { bagId: bag.id, run });
  const onYes = () => run({ type: "draw_giveaway", giveaway_id: bag.id }, null);
  const ask = () => askTwice({ title: t.act.drawNow, body: [t.act.drawNowBody], yes: t.act.drawNow, kind: "primary", t, onYes });
  part.addEventListener("lb-proof", () => onCode(bag));
  part.leave = openPanel({
    desk,
    title: `${t.stage.bag} · ${bag.title}`,
    part,
    buttons: (close) => [
      (part.now = h("button", { type: "button", class: "button primary", on: { click: () => (close(), ask()) } }, t.act.drawNow)),
      (part.again = h("button", { type: "button", class: "button plain", on: { click: () => part.onForfeit(unclaimed(part.bag).map(({ entry }) => entry)) } }, t.act.redrawAll)),
    ],
  });
}
