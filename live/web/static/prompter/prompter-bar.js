/** The foot under the thumb: what the section launches, its goods, the size of the text, and the settings. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { duration } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { fill } from "../shared/i18n/fill.js";
import { offerById, pinnedOffer, shortTitle } from "../shared/select.js";
import { buttonWords, kindOf, runningOf } from "./launches.js";

class PrompterBar extends Part {
  build() {
    const tap = (name, ...children) => h("button", { type: "button", class: "button", on: { click: (event) => this.tell(name, { button: event.currentTarget }) } }, ...children);
    this.launch = tap("lb-launch", (this.launchWord = h("span")));
    this.launch.classList.add("primary");
    this.pin = tap("lb-pin", icon("pin"), (this.pinWord = h("span", { class: "clip" })));
    this.smaller = tap("lb-size", "A−");
    this.larger = tap("lb-size", "A+");
    [this.smaller.dataset.step, this.larger.dataset.step] = [-1, 1];
    this.menu = tap("lb-menu", icon("more"));
    this.append(h("div", { class: "acts" }, this.launch, this.pin), h("div", { class: "sizes" }, this.smaller, this.larger, this.menu));
  }

  update({ section, state, now, t }) {
    const launch = kindOf(section?.launch) ? section.launch : null;
    const runs = launch && runningOf(launch, state, now);
    setAttribute(this.launch, "hidden", launch === null);
    if (launch) setText(this.launchWord, runs ? fill(t.launch.runs, { left: duration(Date.parse(runs.until) - now) }) : buttonWords(launch, t));
    this.launch.disabled = Boolean(runs);
    this.showPin(section && offerById(state, section.offer_id), state, t);
    for (const [button, name] of [[this.smaller, "smaller"], [this.larger, "larger"], [this.menu, "menu"]]) setAttribute(button, "aria-label", t.prompter[name]);
  }

  showPin(offer, state, t) {
    const wanted = offer && state.session?.state === "running" && pinnedOffer(state)?.id !== offer.id;
    setAttribute(this.pin, "hidden", !wanted);
    if (wanted) setText(this.pinWord, fill(t.prompter.pin, { offer: shortTitle(offer) }));
  }
}

customElements.define("lb-prompter-bar", PrompterBar);
