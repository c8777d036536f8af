/** What can be known before the draw: the seed is sealed, and later the list is locked. */
import { h } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { card, hash } from "./parts.js";

export function sealCard({ record }, noted, t) {
  return card(
    "seal",
    t.seal.heading,
    h("p", {}, t.seal.why),
    hash(t.seal.label, record.commitment ?? "", t),
    h("p", { class: "quiet" }, noted ? t.seal.noted : t.seal.keep),
  );
}

export function lockedCard({ record }, t) {
  const { witness } = record;
  const why = witness?.kind === "drand" ? fill(t.closed.whyDrand, { round: witness.round }) : t.closed.why;
  return card("locked", t.closed.heading, h("p", {}, why), hash(t.closed.label, record.list_hash ?? "", t));
}
