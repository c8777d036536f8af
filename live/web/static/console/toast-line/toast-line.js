/** One line on what has just happened: a note that goes by itself, perhaps with a way back, or a warning or a failure that stays. */
import { h, Part, setAttribute } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";

const NOTE_MS = 6_000;
const UNDO_MS = 10_000;

class ToastLine extends Part {
  build() {
    this.box = h("div", { class: "box", hidden: true });
    this.undos = h("div", { class: "undos" });
    this.append(h("div", { class: "stack", role: "status" }, this.undos, this.box));
  }

  /** Say what was done, with its own way back `{word, run}` beside those of the last taps, each for ten seconds. */
  undoable(text, back) {
    this.show();
    const line = h("div", { class: "box", "data-kind": "undo" }, h("p", {}, text));
    if (back) line.append(h("button", { type: "button", class: "button bare", on: { click: () => (line.remove(), back.run()) } }, back.word));
    this.undos.append(line);
    this.undos.scrollTop = this.undos.scrollHeight;
    setTimeout(() => line.remove(), UNDO_MS);
  }

  /** Show a note; `back` is `{word, run}`: the way back, for as long as the note stands. */
  note(text, back = null) {
    const button = back && h("button", { type: "button", class: "button bare", on: { click: () => (this.clear(), back.run()) } }, back.word);
    this.open("note", [h("p", {}, text), button]);
    this.timer = setTimeout(() => this.clear(), NOTE_MS);
  }

  /** Show a failure `{what, why, todo}` until it is put away. */
  failure({ what, why, todo }, closeWord) {
    const words = h("div", {}, h("strong", {}, what), h("p", {}, why), todo ? h("p", { class: "todo" }, todo) : null);
    const button = h("button", { type: "button", class: "button bare", on: { click: () => this.clear() } }, closeWord);
    this.open("failure", [icon("trouble"), words, button]);
  }

  /** Show what should be mended at leisure, `{what, why}`, until it is put away. */
  warning({ what, why }, closeWord) {
    const words = h("div", {}, h("strong", {}, what), h("p", {}, why));
    const button = h("button", { type: "button", class: "button bare", on: { click: () => this.clear() } }, closeWord);
    this.open("warning", [icon("confirm"), words, button]);
  }

  /** Something has worked: an old failure is no news any more. */
  settle() {
    if (this.box?.dataset.kind === "failure") this.clear();
  }

  clear() {
    clearTimeout(this.timer);
    setAttribute(this.box, "hidden", true);
    this.box.replaceChildren();
  }

  open(kind, children) {
    this.show();
    clearTimeout(this.timer);
    setAttribute(this.box, "data-kind", kind);
    this.box.replaceChildren(...children.filter(Boolean));
    setAttribute(this.box, "hidden", null);
  }
}

customElements.define("lb-toast-line", ToastLine);
