/** A comment's words with what was understood marked. */
import { h } from "../shared/dom.js";

/** Fill `node` with pieces `{text, role}`; nothing is touched when they are the ones shown. */
export function showPieces(node, pieces) {
  const wanted = JSON.stringify(pieces);
  if (node.shownPieces === wanted) return;
  node.shownPieces = wanted;
  node.replaceChildren(...pieces.map(({ text, role }) => (role === null ? text : h("mark", { "data-role": role }, text))));
}
