/** What an action of a comment will do, in the words that stand on its button. Pure. */
import { offerById, shortTitle } from "../shared/select.js";

/**
 * One action as parts of a label: `verb` (订), `name` (土鸡蛋), `tail` (×2 箱), and `lacks`: what must still be chosen,
 * "offer", "quantity", "both", "variant" or null.
 */
export function describe(action, intent, state, t) {
  const offer = action.offer ? offerById(state, action.offer) : null;
  const counts = action.op !== "cancel";
  const lacks = missing(offer === null, counts && action.quantity === null) ?? missingVariant(offer, action);
  return {
    verb: t.verbs[verbOf(action, intent)],
    name: offer ? nameOf(offer, action.variant) : "",
    tail: counts && action.quantity !== null ? `×${action.quantity}${offer ? ` ${offer.unit}` : ""}` : "",
    lacks,
  };
}

/** What to choose before the actions can be carried out, as words; null when all is known. */
export function whatToChoose(actions, intent, state, t) {
  if (actions.length === 0) return t.pick.both;
  const lacks = actions.map((action) => describe(action, intent, state, t).lacks).filter(Boolean);
  if (lacks.length === 0) return null;
  if (lacks.includes("both")) return t.pick.both;
  if (lacks.every((lack) => lack === "variant")) return t.pick.whichVariant;
  if (!lacks.includes("offer")) return t.pick.quantity;
  return actions.every((action) => action.op === "cancel") ? t.pick.cancelOffer : t.pick.offer;
}

/** The actions as one line of text: "订 土鸡蛋 ×2 箱 + 订 挂面 ×1 袋". */
export function inWords(actions, intent, state, t) {
  return actions
    .map((action) => describe(action, intent, state, t))
    .map(({ verb, name, tail }) => [verb, name, tail].filter(Boolean).join(" "))
    .join(" + ");
}

/** The four meanings that the pages keep apart: order, question, confirm, trouble; else other. */
export function meaningOf(comment) {
  if (waitsForHost(comment)) return "confirm";
  if (byHost(comment)) return "other";
  return MEANINGS[comment.intent] ?? "other";
}

const MEANINGS = Object.freeze({
  buy: "order",
  change: "order",
  cancel: "order",
  question: "question",
  complaint: "trouble",
});

/** Whether the shop's own people wrote it: that is no order and no question, whatever it reads like. */
export function byHost(comment) {
  return comment.outcome === "host";
}

function waitsForHost(comment) {
  return comment.outcome === "needs_confirmation";
}

function verbOf(action, intent) {
  return action.op === "set" && intent === "change" ? "change" : action.op;
}

function nameOf(offer, variantId) {
  const variant = offer.variants.find((each) => each.id === variantId);
  return variant ? `${shortTitle(offer)} ${variant.name}` : shortTitle(offer);
}

function missing(offer, quantity) {
  if (offer && quantity) return "both";
  if (offer) return "offer";
  return quantity ? "quantity" : null;
}

/** Nobody can pick an order of "two boxes, large or small": what comes in several kinds needs its kind. */
function missingVariant(offer, action) {
  const takes = action.op === "set" || action.op === "add";
  return takes && offer.variants.length > 1 && action.variant === null ? "variant" : null;
}
