/** How to mend what is broken: a few steps for that tool, what the service says of it, and the code until it is done. */
import { h, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { askHealth } from "./health.js";

/** Open the steps for a `kind` of source or trouble; `source` is the one that is meant, where there is one. */
export async function openGuide({ room, t }, { kind, source = null }) {
  const guide = t.guide[kind] ?? t.guide.ws;
  const said = h("p", { class: "said", hidden: true });
  openSheet({
    title: fill(t.guide.title, { name: source?.name ?? guide.name }),
    body: [h("ol", { class: "steps" }, ...guide.steps.map((step) => h("li", {}, step))), said, fallback(kind, t)].filter(Boolean),
    buttons: (close) => [
      h("button", { type: "button", class: "button plain", on: { click: (event) => tellCode(event.target) } }, t.menu.code),
      h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back),
    ],
  });
  const detail = source && (await askHealth(room))?.told.sources.find(({ id }) => id === source.id)?.detail;
  if (!detail) return;
  setText(said, `${t.guide.said}：${detail}`);
  setAttribute(said, "hidden", null);
}

function tellCode(button) {
  button.dispatchEvent(new CustomEvent("lb-order-code", { bubbles: true, detail: { button } }));
}

function fallback(kind, t) {
  return ["link", "store_unavailable"].includes(kind) ? null : h("p", { class: "fallback" }, h("strong", {}, `${t.guide.fallback}：`), t.guide.code);
}
