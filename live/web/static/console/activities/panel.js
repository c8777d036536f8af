/** A sheet that follows the room while it is open: sold, left and the seconds change under the thumb. */
import { h } from "../../shared/dom.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { refusalLine } from "./form.js";

/** Open `part`, which is shown `{state, clock, t, refused}` anew with every change; `buttons(close)` stand left of 返回. */
export function openPanel({ desk, title, part, buttons = () => [] }) {
  const line = refusalLine();
  const show = () => part.show({ state: desk.state, clock: desk.clock, t: desk.t });
  part.refused = line.say;
  part.clearRefusal = line.clear;
  const back = (close) => h("button", { type: "button", class: "button plain", on: { click: close } }, desk.t.pick.back);
  const close = openSheet({ title, body: [part], buttons: (end) => [line, ...buttons(end), back(end)] });
  show();
  desk.follow(part, show);
  return close;
}
