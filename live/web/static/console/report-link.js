/** The way to the report of a session; it opens beside the console, which stays where it is. */
import { h, setAttribute, setText } from "../shared/dom.js";
import { at } from "../shared/root.js";

/** A link without an address; `pointAt` gives it one. */
export function reportLink() {
  return h("a", { class: "button plain", target: "_blank", rel: "noopener", hidden: true });
}

/** Lead to the report of this session; hidden where there is none. */
export function pointAt(link, session, words) {
  setText(link, words);
  setAttribute(link, "hidden", session === null);
  if (session !== null) setAttribute(link, "href", at(`reports/${encodeURIComponent(session.id)}`));
}
