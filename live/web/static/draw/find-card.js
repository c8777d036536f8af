/** A field for one's own entry id: whether it is in the list, whether it won, and where it came out. */
import { h, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { find } from "./find.js";
import { card } from "./parts.js";

/** `anchor` is what the address names behind its `#`: looked up at once. */
export function findCard({ record }, anchor, t) {
  const field = h("input", {
    type: "text",
    inputmode: "text",
    autocapitalize: "none",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: t.find.sample,
    "aria-label": t.find.label,
  });
  const said = h("p", { class: "said", role: "status" });
  field.addEventListener("input", () => showFound(said, find(record, field.value), t));
  if (anchor !== "") {
    field.value = anchor;
    showFound(said, find(record, anchor), t);
  }
  return card("find", t.find.heading, h("p", { class: "quiet" }, t.find.why), h("div", { class: "field" }, field), said);
}

function showFound(said, { kind, ...values }, t) {
  said.dataset.kind = kind;
  setText(said, kind === "nothing" ? "" : fill(t.find[kind], values));
}
