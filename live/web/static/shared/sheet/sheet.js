/** A sheet that comes up from the thumb's side of the screen: a modal dialog with a title, a body and its buttons. */
import { h, Part } from "../dom.js";

class Sheet extends Part {
  build() {
    this.heading = h("h2", { tabindex: "-1", id: `sheet-${(Sheet.made = (Sheet.made ?? 0) + 1)}` });
    this.body = h("div", { class: "body" });
    this.buttons = h("div", { class: "buttons" });
    this.dialog = h("dialog", { "aria-labelledby": this.heading.id }, this.heading, this.body, this.buttons);
    this.dialog.addEventListener("close", () => this.remove());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.append(this.dialog);
  }

  update({ title, body, buttons }) {
    this.heading.textContent = title;
    this.body.replaceChildren(...body);
    this.buttons.replaceChildren(...buttons);
  }
}

customElements.define("lb-sheet", Sheet);

/**
 * Open a sheet over the page; the focus comes back when it closes.
 * `buttons(close)` makes its buttons, the least far-reaching first. Gives back `close`.
 */
export function openSheet({ title, body, buttons }) {
  const sheet = document.createElement("lb-sheet");
  const close = () => sheet.dialog.close();
  document.body.append(sheet);
  sheet.show({ title, body, buttons: buttons(close) });
  sheet.dialog.showModal();
  sheet.heading.focus(); // not the first field: that would bring up the phone's keyboard
  return close;
}
