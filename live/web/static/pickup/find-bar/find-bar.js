/** The one search field. Tells `lb-find {text, done}` as it is typed (`done`: Enter, or a scanner's end), and `lb-scan`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";

const DIGITS_KEY = "linbo-pickup-digits";
const HINT_KEY = "linbo-pickup-no-scan";
const SAME_CODE_MS = 800;

class FindBar extends Part {
  build() {
    this.field = h("input", {
      type: "search", enterkeyhint: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "500",
      on: { input: () => this.say(false), focus: () => this.field.select() },
    });
    this.keys = h("button", { type: "button", class: "button bare keys number", on: { click: () => this.turnKeys() } });
    this.wipe = h("button", { type: "button", class: "button bare wipe", on: { click: () => (this.clear(), this.field.focus(), this.say(false)) } }, icon("close"));
    this.scan = h("button", { type: "button", class: "button primary scan", on: { click: () => this.tell("lb-scan") } }, icon("scan"), (this.scanWord = h("span")));
    this.hint = h("p", { class: "hint" }, (this.hintText = h("span")), (this.hintClose = h("button", { type: "button", class: "button bare" })));
    this.hintClose.addEventListener("click", () => (localStorage.setItem(HINT_KEY, "read"), setAttribute(this.hint, "hidden", true)));
    const form = h("form", { role: "search" }, h("div", { class: "box" }, this.keys, this.field, this.wipe), this.scan);
    form.addEventListener("submit", (event) => (event.preventDefault(), this.say(true), this.field.select()));
    this.append(form, this.hint);
    this.typedAt = -Infinity;
    this.digits = localStorage.getItem(DIGITS_KEY) === "1";
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** `canScan`: "yes", or why not: "plain" (no https) or "no". */
  update({ canScan, t }) {
    this.words = t.pickup.find;
    setAttribute(this.field, "aria-label", this.words.label);
    setAttribute(this.field, "placeholder", this.words.hint);
    setAttribute(this.wipe, "aria-label", this.words.clear);
    setText(this.scanWord, this.words.scan);
    setAttribute(this.scan, "hidden", canScan !== "yes");
    setText(this.hintText, canScan === "plain" ? this.words.noScanPlain : this.words.noScan);
    setText(this.hintClose, this.words.close);
    setAttribute(this.hint, "hidden", canScan === "yes" || localStorage.getItem(HINT_KEY) === "read");
    this.showKeys();
    this.showWipe();
  }

  get text() {
    return this.field?.value ?? "";
  }

  /** Fill in what was scanned, or nothing. */
  put(text) {
    this.field.value = text;
    this.showWipe();
  }

  clear() {
    this.put("");
  }

  say(done) {
    this.showWipe();
    this.tell("lb-find", { text: this.text, done });
  }

  turnKeys() {
    this.digits = !this.digits;
    localStorage.setItem(DIGITS_KEY, this.digits ? "1" : "0");
    this.showKeys();
    this.field.focus();
  }

  showKeys() {
    setAttribute(this.field, "inputmode", this.digits ? "numeric" : "text");
    setText(this.keys, this.digits ? "文" : "123");
    setAttribute(this.keys, "aria-label", this.digits ? this.words.letters : this.words.numbers);
  }

  showWipe() {
    setAttribute(this.wipe, "hidden", this.text === "");
  }

  /**
   * A hand scanner types like a keyboard, wherever the focus is. Somebody may be found, and the focus gone, before it is
   * done: what follows at once belongs to the same code.
   */
  onKey({ key, target, timeStamp, ctrlKey, metaKey, altKey }) {
    const goesOn = timeStamp - this.typedAt < SAME_CODE_MS;
    this.typedAt = key === "Enter" ? -Infinity : timeStamp;
    const elsewhere = target.closest?.("input, textarea, select, dialog");
    if (elsewhere || ctrlKey || metaKey || altKey || !/^[0-9A-Za-z]$/u.test(key)) return;
    if (!goesOn) this.clear();
    this.field.focus();
    this.field.setSelectionRange(this.text.length, this.text.length);
  }
}

customElements.define("lb-find-bar", FindBar);
