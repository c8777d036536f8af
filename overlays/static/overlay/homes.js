/**
 * Who stands where on the picture. Pure.
 *
 * Every layer has a home. Two of them share the left side (flash above bag, each the whole of it when alone); those that ask
 * the viewer for something share the right side, one at a time: what lasts the shortest goes first. Portrait has one right
 * side, or the whole width while nothing else is there; landscape has a right side above and one below. The homes are
 * areas of one grid, so that no two overlap whatever they hold.
 */

const TALK = Object.freeze(["prompt", "question", "bubble", "poll", "fallback"]);
const TALK_BELOW = Object.freeze(TALK.filter((layer) => layer !== "poll"));

/**
 * The homes of the layers that have something to show: `Map(layer → home)`; who must wait is not in it.
 * `wanting`: names of layers; `deaf`: comments do not arrive, so that the way to order without them goes first.
 */
export function homesOf(wanting, { portrait, deaf = false }) {
  const wants = new Set(wanting);
  const homes = new Map([...leftSide(wants), ...(portrait ? rightSide(wants, deaf) : rightSides(wants, deaf))]);
  if (wants.has("offer")) homes.set("offer", "card");
  return homes;
}

function leftSide(wants) {
  if (wants.has("flash") && wants.has("bag")) return [["flash", "left-top"], ["bag", "left-bottom"]];
  return ["flash", "bag"].filter((layer) => wants.has(layer)).map((layer) => [layer, "left"]);
}

function rightSide(wants, deaf) {
  const first = firstOf(TALK, wants, deaf);
  if (!first) return [];
  const alone = !wants.has("flash") && !wants.has("bag");
  return [[first, alone && first !== "poll" ? "wide" : "right"]];
}

function rightSides(wants, deaf) {
  const below = firstOf(TALK_BELOW, wants, deaf);
  return [...(wants.has("poll") ? [["poll", "right"]] : []), ...(below ? [[below, "right-bottom"]] : [])];
}

function firstOf(order, wants, deaf) {
  if (deaf && wants.has("fallback")) return "fallback";
  return order.find((layer) => wants.has(layer)) ?? null;
}
