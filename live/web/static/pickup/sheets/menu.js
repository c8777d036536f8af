/** What is seldom needed: at which point this phone stands, light or dark, the way to the console. */
import "../../console/choice/choice.js";
import { h } from "../../shared/dom.js";
import { at } from "../../shared/root.js";
import { openSheet } from "../../shared/sheet/sheet.js";

const THEME_KEY = "linbo-theme";
const ANYWHERE = "";

/** Open the menu. */
export function openCounterMenu({ room, t }) {
  const words = t.pickup.menu;
  const theme = choice(t.menu.theme, ["dark", "light", "auto"].map((value) => ({ value, name: t.menu[value] })), document.documentElement.dataset.theme, (value) => {
    document.documentElement.dataset.theme = value;
    localStorage.setItem(THEME_KEY, value);
  });
  openSheet({
    title: words.title,
    body: [theme, h("a", { class: "button plain", href: at(`console/${encodeURIComponent(room)}`) }, words.console), h("p", { class: "sheet-note" }, words.hint)],
    buttons: (close) => [h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back)],
  });
}

/** Choose the point at which this phone stands; `onDone(name)`, null for all. */
export function choosePoint({ points, point, t, onDone }) {
  const words = t.pickup.head;
  const tiles = [{ value: ANYWHERE, name: words.everywhere }, ...points.map((name) => ({ value: name, name }))];
  let close = () => {};
  const choices = choice(words.point, tiles, point ?? ANYWHERE, (value) => (close(), onDone(value === ANYWHERE ? null : value)));
  close = openSheet({ title: words.choose, body: [choices], buttons: (shut) => [h("button", { type: "button", class: "button plain wide", on: { click: shut } }, t.pick.back)] });
}

function choice(label, tiles, value, onChange) {
  const node = document.createElement("lb-choice");
  node.show({ label, tiles, value });
  node.addEventListener("lb-change", (event) => onChange(event.detail));
  return node;
}
