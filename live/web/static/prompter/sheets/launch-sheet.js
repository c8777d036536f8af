/** One question before goods or money are promised. */
import { h } from "../../shared/dom.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { kindOf, termLines } from "../launches.js";

/** `onYes()`: it is to be opened. */
export function askLaunch({ launch, state, t, onYes }) {
  openSheet({
    title: t.launch.ask[kindOf(launch)],
    body: termLines(launch, state, t).map((line) => h("p", {}, line)),
    buttons: (close) => [
      h("button", { type: "button", class: "button order", on: { click: () => (close(), onYes()) } }, t.launch.yes),
      h("button", { type: "button", class: "button plain wide", on: { click: close } }, t.launch.no),
    ],
  });
}
