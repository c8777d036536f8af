/** What one identity has in one session: state, draws, goods, code, pickup. */
import "./draw-card.js";
import "./line-card.js";
import "./pass-card.js";
import "./pickup-card.js";
import { h, keyed, Part, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { timeLeft } from "../viewer/moments.js";

const OVER = Object.freeze(["cancelled", "expired"]);
const DONE = Object.freeze([...OVER, "collected"]);

/** Whether anything is still to be fetched, or may still come to be. */
export function toFetch(part) {
  return part.lines.some((line) => !DONE.includes(line.state)) || part.draws.some(({ prize }) => prize?.state === "won");
}

/** Whether lines of this part may still change. */
export function mayChange(part, clock) {
  return part.cycle.state === "open" && clock.until(part.cycle.cutoff_at) > 0;
}

/** The one sentence about the part, and what it means: `[words, meaning]`. Pure. */
export function stateOf(part, open, left, t) {
  const alive = part.lines.filter((line) => !OVER.includes(line.state));
  if (alive.length === 0) return [t.basket.nothing, "other"];
  if (alive.some((line) => line.state === "ready")) return [t.basket.allReady, "order"];
  if (alive.every((line) => line.state === "collected")) return [t.basket.allCollected, "order"];
  return open ? [fill(t.basket.open, { left }), "order"] : [t.basket.closed, "confirm"];
}

class BasketPart extends Part {
  build() {
    this.heading = h("h2");
    this.state = h("p", { class: "state chip", role: "status" });
    this.lines = h("ul", { class: "lines" });
    this.waiting = h("p", { class: "quiet" });
    this.total = h("strong", { class: "number" });
    this.sumLabel = h("span");
    this.sum = h("p", { class: "sum" }, this.sumLabel, this.total);
    this.goods = h("section", { class: "goods" }, this.lines, this.sum, this.waiting);
    this.draws = h("section", { class: "draws", role: "list" });
    this.pass = h("lb-pass-card");
    this.pickup = h("lb-pickup-card");
    this.append(h("header", {}, this.heading, this.state), this.draws, this.goods, this.pickup, this.pass);
  }

  /** `whole`: the code itself stands for this part, so its QR symbol is here. */
  update({ part, whole, clock, t }) {
    const open = mayChange(part, clock);
    setText(this.heading, whole ? part.session.title : `${part.session.title} · ${fill(t.basket.of, { name: part.name })}`);
    keyed(this.lines, part.lines, (line) => [line.offer_id, line.variant_id, line.state].join("\n"),
      () => h("lb-line"), (row, line) => row.show({ line, part, open, clock, t }));
    setText(this.sumLabel, t.basket.total);
    setText(this.total, `¥${part.amount}`);
    this.#showWaiting(part, t);
    this.draws.hidden = part.draws.length === 0;
    setAttribute(this.draws, "aria-label", t.draw.title);
    keyed(this.draws, part.draws, (draw) => draw.id, () => h("lb-draw"), (card, draw) => card.show({ draw, clock, t }));
    this.pickup.show({ part, clock, t });
    this.pass.hidden = this.pickup.hidden = !toFetch(part);
    this.pass.show({ part, qr: whole ? this.qrRows : null, t });
    this.#order(part);
    this.tick({ part, clock, t });
  }

  tick({ part, clock, t }) {
    const open = mayChange(part, clock);
    const [words, meaning] = stateOf(part, open, timeLeft(clock.until(part.cycle.cutoff_at), t), t);
    setText(this.state, words);
    setAttribute(this.state, "data-meaning", meaning);
    if (this.open !== undefined && this.open !== open) this.tell("lb-again");
    this.open = open;
  }

  #showWaiting(part, t) {
    const w = part.lines.reduce((sum, line) => sum + line.waiting, 0);
    this.waiting.hidden = w === 0;
    setText(this.waiting, fill(t.basket.waitingToo, { w }));
  }

  /** At the counter the code comes first; before, what one has. */
  #order(part) {
    const first = part.lines.some((line) => line.state === "ready") ? [this.pass, this.draws, this.pickup, this.goods] : [this.draws, this.goods, this.pickup, this.pass];
    const before = [...this.children].slice(1);
    if (first.some((child, i) => child !== before[i])) this.append(...first);
  }
}

customElements.define("lb-part", BasketPart);
