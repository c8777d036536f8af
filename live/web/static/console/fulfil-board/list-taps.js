/** A session as tables and as a 接龙, out and in. Tells `lb-copy-list` and `lb-paste-list`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { at } from "../../shared/root.js";

class ListTaps extends Part {
  build() {
    const tap = (name) => h("button", { type: "button", class: "button plain", on: { click: () => this.tell(name) } });
    this.taps = { copy: tap("lb-copy-list"), paste: tap("lb-paste-list") };
    this.links = { xlsx: h("a", { class: "button plain" }), csv: h("a", { class: "button plain" }) };
    this.append(...Object.values(this.taps), ...Object.values(this.links));
  }

  update({ room, session, t }) {
    for (const [name, tap] of Object.entries(this.taps)) setText(tap, t.lists[name]);
    for (const [name, link] of Object.entries(this.links)) {
      setText(link, t.lists[name]);
      setAttribute(link, "href", at(`api/v1/rooms/${encodeURIComponent(room)}/export.${name}?session=${encodeURIComponent(session.id)}`));
    }
  }
}

customElements.define("lb-list-taps", ListTaps);
