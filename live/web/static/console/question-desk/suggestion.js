/** What could be answered, and where that comes from. Prices and stock are those of this moment, not of when it was asked. Pure. */
import { yuan } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById } from "../../shared/select.js";
import { flashOf } from "../stage.js";

/** The suggestion for a question as `{text, from, aloud}`, or null; `aloud` is what may be said instead of reading it, if anything. */
export function suggestionOf(question, state, t) {
  const { suggestion } = question;
  if (!suggestion) return null;
  const offer = question.offer_id ? offerById(state, question.offer_id) : null;
  const fresh = offer ? (FRESH[suggestion.source]?.(offer, state, t) ?? null) : null;
  return { text: fresh ?? suggestion.text, from: sourceWords(suggestion, t), aloud: suggestion.aloud ?? null };
}

const FRESH = Object.freeze({
  price: (offer, state, t) => {
    const flash = flashOf(state, offer.id);
    const runs = flash?.state === "running";
    return fill(runs ? t.questions.flashPrice : t.questions.price, { price: yuan(runs ? flash.price : offer.price), unit: offer.unit });
  },
  stock: ({ available, unit }, _state, t) => (available > 0 ? fill(t.questions.left, { n: available, unit }) : t.questions.soldOut),
});

function sourceWords({ source, key }, t) {
  const words = t.questions.sources[source];
  return words ? fill(words, { key: key ?? "" }) : "";
}
