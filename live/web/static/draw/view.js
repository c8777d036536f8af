/** A draw as it stands, on the page and in the saved file alike. */
import { h, setText } from "../shared/dom.js";
import { count } from "../shared/format.js";
import { fill } from "../shared/i18n/fill.js";
import { checkCard } from "./check-card.js";
import { findCard } from "./find-card.js";
import { left } from "./moments.js";
import { card } from "./parts.js";
import { rulesCard } from "./rules-card.js";
import { lockedCard, sealCard } from "./seal-card.js";
import { canonical } from "./steps.js";
import { winnersCard } from "./winners-card.js";

const STATE_MEANINGS = Object.freeze({ open: "question", closed: "confirm", drawn: "order" });

/**
 * Fills `main`: `show(told)` whenever something was told, `tick(now)` every second. `links` are where the proof can be had, null in
 * the file that is it; `noted()` is what this phone saw before the draw, or null.
 */
export class View {
  #main;
  #options;
  #told = null;
  #built = null;
  #chip = h("span", { class: "chip state", role: "status" });
  #entered = h("p", { class: "entered number" });

  constructor(main, { t, links, noted, anchor }) {
    this.#main = main;
    this.#options = { t, links, noted, anchor };
  }

  show(told) {
    this.#told = told;
    const { t } = this.#options;
    setText(this.#entered, fill(told.state === "open" ? t.enteredSoFar : t.entered, { n: count(told.entries) }));
    this.#chip.dataset.meaning = STATE_MEANINGS[told.state];
    const built = canonical([told.state, told.title, told.record, told.claim_until ?? null]);
    if (built === this.#built) {
      this.#showWinners(told);
      return;
    }
    this.#built = built;
    const head = h("header", {}, h("h1", {}, told.title), this.#chip, this.#entered);
    this.#main.removeAttribute("aria-busy");
    this.#main.replaceChildren(head, ...this.#cards(told));
  }

  tick(now) {
    if (this.#told === null) return;
    const { t } = this.#options;
    const { state, closes_at: closesAt } = this.#told;
    const rest = Date.parse(closesAt) - now;
    setText(this.#chip, state === "open" && rest > 0 ? fill(t.state.openFor, { left: left(rest, t) }) : t.state[state]);
  }

  /** Who has claimed by now; what the viewer typed or checked meanwhile stays. */
  #showWinners(told) {
    const won = this.#main.querySelector(".won");
    if (won !== null) won.replaceWith(winnersCard(told, this.#options.t));
  }

  #cards(told) {
    const { t, links, noted, anchor } = this.#options;
    const rules = rulesCard(told, t);
    const save = links === null ? [] : [saveCard(links, told.state, t)];
    if (told.state === "open") return [rules, sealCard(told, noted() !== null, t), ...save];
    const found = findCard(told, anchor(), t);
    if (told.state === "closed") return [lockedCard(told, t), found, rules, sealCard(told, noted() !== null, t)];
    return [winnersCard(told, t), checkCard(told, noted(), t), ...(told.entries > 0 ? [found] : []), rules, provesCard(t), ...save];
  }
}

function provesCard(t) {
  return card("proves", t.proves.heading, h("p", {}, t.proves.can), h("p", {}, t.proves.cannot));
}

function saveCard({ file, json }, state, t) {
  return card(
    "save",
    t.save.heading,
    h("p", {}, state === "drawn" ? t.save.why : t.save.whyBefore),
    h("a", { class: "button plain", href: file, download: "" }, t.save.file),
    h("p", { class: "quiet" }, t.save.wechat),
    h("a", { class: "button bare", href: json }, t.save.json),
  );
}
