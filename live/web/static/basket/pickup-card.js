/** When and where the goods are fetched, and a word where that was moved. Tells `lb-point`. */
import { h, Part, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { icon } from "../shared/icons.js";
import { dayTime } from "../viewer/moments.js";

class PickupCard extends Part {
  build() {
    this.notice = h("div", {});
    this.moved = h("div", { class: "moved", role: "note" }, icon("trouble"), this.notice);
    this.when = h("strong", { class: "number" });
    this.place = h("strong");
    this.address = h("span", { class: "quiet" });
    this.ready = h("span", { class: "arrived" });
    this.change = h("button", { type: "button", class: "button plain", on: { click: () => this.tell("lb-point") } });
    this.heading = h("h3");
    this.append(this.heading, this.moved,
      h("p", { class: "fact" }, icon("confirm"), this.when),
      h("p", { class: "fact" }, icon("pin"), h("span", {}, this.place, this.address, this.ready)),
      this.change);
  }

  update({ part, clock, t }) {
    const { cycle } = part;
    const point = cycle.pickup_points.find(({ id }) => id === part.point_id) ?? null;
    const now = clock.now();
    setText(this.heading, t.pickup.title);
    this.moved.hidden = cycle.notice === null;
    if (cycle.notice !== null && this.told !== cycle.notice) {
      this.told = cycle.notice;
      this.notice.replaceChildren(h("strong", {}, t.pickup.moved), h("p", {}, cycle.notice));
    }
    setText(this.when, fill(t.pickup.at, { at: dayTime(cycle.pickup_at, now, t) }));
    setText(this.place, point?.name ?? t.pickup.none);
    setText(this.address, point?.address ?? "");
    setText(this.ready, point?.ready_at ? fill(t.pickup.readySince, { at: dayTime(point.ready_at, now, t) }) : "");
    setText(this.change, t.pickup.change);
    this.change.hidden = cycle.pickup_points.length < 2 || !part.may_move;
  }
}

customElements.define("lb-pickup-card", PickupCard);
