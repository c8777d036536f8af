/** A field for a pickup code that leads to its page. */
import { h, Part, setAttribute, setText } from "../shared/dom.js";
import { CODE_LENGTH, typed } from "./code.js";
import { withLanguage } from "./page.js";

class CodeForm extends Part {
  build() {
    this.label = h("span");
    this.field = h("input", { type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "40", enterkeyhint: "go" });
    this.go = h("button", { class: "button plain" });
    this.fault = h("p", { class: "fault", role: "alert" });
    const row = h("div", { class: "row" }, this.field, this.go);
    this.append(h("form", { on: { submit: (event) => this.#open(event) } }, h("label", { class: "field" }, this.label, row), this.fault));
  }

  /** `root` is the way to `r/` from the page. */
  update({ t, root, label = t.code.ask }) {
    this.words = t.code;
    this.root = root;
    setText(this.label, label);
    setAttribute(this.field, "placeholder", t.code.sample);
    setText(this.go, t.code.go);
  }

  #open(event) {
    event.preventDefault();
    const code = typed(this.field.value);
    setText(this.fault, code.length === CODE_LENGTH ? "" : this.words.short);
    if (code.length === CODE_LENGTH) location.assign(withLanguage(`${this.root}${code}`));
    else this.field.focus();
  }
}

customElements.define("lb-code-form", CodeForm);
