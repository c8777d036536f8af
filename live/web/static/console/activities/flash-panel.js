/** A flash deal while it runs: the seconds, what is sold, left and waited for, and what the host can do about it. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { count, duration, yuan } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById, shortTitle } from "../../shared/select.js";
import { flashLeft } from "../stage.js";
import { askTwice, hide } from "./form.js";
import { openPanel } from "./panel.js";

const SECOND_MS = 1_000;
const MORE_S = 60;
const MORE_UNITS = 10;

class FlashPanel extends Part {
  build() {
    this.word = h("p", { class: "under" });
    this.seconds = h("p", { class: "huge number", role: "timer" });
    this.bar = h("span", { class: "bar" }, (this.level = h("span")));
    this.figures = ["sold", "available", "waitlisted"].map((key) => ({ key, name: h("dt"), value: h("dd", { class: "number" }) }));
    this.terms = h("p", { class: "under number" });
    this.hold = tap(() => this.onHold());
    this.time = tap(() => this.send("extend_flash_sale", this.time, { seconds: MORE_S }));
    this.units = tap(() => this.send("extend_flash_sale", this.units, { quantity: MORE_UNITS }));
    this.taps = h("div", { class: "panel-taps" }, this.hold, this.time, this.units);
    this.append(
      this.seconds, this.word, this.bar,
      h("dl", { class: "figures" }, ...this.figures.map(({ name, value }) => h("div", {}, name, value))),
      this.terms, this.taps,
    );
  }

  update({ state, clock, t }) {
    const flash = state.flash_sales.find(({ id }) => id === this.flashId);
    if (!flash) return;
    this.flash = flash;
    const offer = offerById(state, flash.offer_id);
    const ended = flash.state === "ended";
    setText(this.seconds, ended ? "" : duration(Math.ceil(flashLeft(flash, clock) / SECOND_MS) * SECOND_MS));
    setText(this.word, t.act.flashStates[flash.state]);
    setAttribute(this, "data-state", flash.state);
    for (const { key, name, value } of this.figures) {
      setText(name, t.act.flashFigures[key]);
      setText(value, count(flash[key]));
    }
    this.level.style.transform = `scaleX(${flash.quota > 0 ? flash.sold / flash.quota : 1})`;
    setText(this.terms, termWords(flash, offer, t));
    setText(this.hold, flash.state === "paused" ? t.act.resume : t.act.pause);
    setText(this.time, fill(t.act.moreTime, { n: MORE_S / 60 }));
    setText(this.units, fill(t.act.moreUnits, { n: MORE_UNITS, unit: offer?.unit ?? "" }));
    hide(flash.state === "announced", this.hold);
    hide(ended, this.taps, this.seconds, this.end);
  }

  onHold() {
    this.send(this.flash.state === "paused" ? "resume_flash_sale" : "pause_flash_sale", this.hold);
  }

  send(type, button, more = {}) {
    this.clearRefusal();
    this.run({ type, offer_id: this.flash.offer_id, ...more }, button, this.refused);
  }
}

function termWords(flash, offer, t) {
  const price = fill(t.act.flashPrice, { price: yuan(flash.price), regular: yuan(flash.regular_price), unit: offer?.unit ?? "" });
  return flash.per_viewer_limit === null ? price : `${price} · ${fill(t.act.each, { n: flash.per_viewer_limit })}`;
}

function tap(click) {
  return h("button", { type: "button", class: "button", on: { click } });
}

customElements.define("lb-flash-panel", FlashPanel);

/** Open the panel of a deal. */
export function openFlashPanel({ desk, run, flash }) {
  const { state, t } = desk;
  const offer = offerById(state, flash.offer_id);
  const name = offer ? shortTitle(offer) : flash.offer_id;
  const onYes = () => run({ type: "stop_flash_sale", offer_id: flash.offer_id }, null);
  const ask = () => askTwice({ title: fill(t.act.stopFlash, { offer: name }), body: [t.act.stopFlashBody], yes: t.act.stop, t, onYes });
  const part = Object.assign(document.createElement("lb-flash-panel"), { flashId: flash.id, run });
  openPanel({
    desk,
    title: `${t.stage.flash} · ${name}`,
    part,
    buttons: (close) => [(part.end = h("button", { type: "button", class: "button plain trouble", on: { click: () => (close(), ask()) } }, t.act.stop))],
  });
}
