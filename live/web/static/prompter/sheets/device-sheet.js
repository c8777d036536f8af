/** How this device shows the script: mirrored for a glass, and which cards may slide in, each with its rule to read. */
import "../../console/choice/choice.js";
import { h } from "../../shared/dom.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { at } from "../../shared/root.js";
import { RULES } from "../rules.js";

const MIRRORS = Object.freeze(["none", "x", "y", "both"]);

/** `device`: `{mirror, off}`; `onMirror(mirror)` and `onOff(off)` keep what is chosen; `onWrite()` opens the script's editor. */
export function openDevice({ room, device, awake, t, onMirror, onOff, onWrite }) {
  const off = new Set(device.off);
  const toggle = (id, on) => (on ? off.delete(id) : off.add(id), onOff([...off]));
  openSheet({
    title: t.device.title,
    body: [
      h("h3", {}, t.device.mirror),
      mirrorChoice(device.mirror, onMirror, t),
      h("p", { class: "under" }, awake ? t.device.awake : t.device.asleep),
      h("h3", {}, t.device.cues),
      h("p", { class: "under" }, t.device.cuesNext),
      h("ul", { class: "rules" }, ...RULES.map(({ id }) => ruleRow(id, !off.has(id), toggle, t))),
      h("a", { class: "button plain", href: at(`console/${encodeURIComponent(room)}`) }, t.device.console),
    ],
    buttons: (close) => [
      h("button", { type: "button", class: "button plain", on: { click: () => (close(), onWrite()) } }, t.prompter.write),
      h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back),
    ],
  });
}

function mirrorChoice(value, onMirror, t) {
  const choice = document.createElement("lb-choice");
  choice.addEventListener("lb-change", (event) => onMirror(event.detail));
  choice.classList.add("four");
  choice.show({ label: t.device.mirror, tiles: MIRRORS.map((each) => ({ value: each, name: t.device[each] })), value });
  return choice;
}

function ruleRow(id, on, toggle, t) {
  const { name, rule } = t.cues.rules[id];
  const box = h("input", { type: "checkbox", class: "only-read", checked: on, on: { change: (event) => toggle(id, event.target.checked) } });
  return h("li", {}, h("label", { class: "rule" }, box, h("span", { class: "switch", "aria-hidden": "true" }), h("span", { class: "said" }, h("strong", {}, name), h("span", {}, rule))));
}
