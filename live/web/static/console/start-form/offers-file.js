/** Read what a host pastes as the list of offers. Pure. */
import { fill } from "../../shared/i18n/fill.js";

const NEEDED = Object.freeze(["id", "title", "price", "quota"]);

/**
 * Accepts a whole `start_session` body, `{"offers": […]}` or the bare list.
 * Gives `{given, offers, faults}`: `given` is the object around the offers, `faults` are sentences for the host.
 */
export function readOffers(text, words) {
  if (text.trim() === "") return nothing([words.empty]);
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return nothing([fill(words.json, { why: error.message })]);
  }
  const given = Array.isArray(value) ? {} : (value ?? {});
  const offers = Array.isArray(value) ? value : given.offers;
  if (!Array.isArray(offers) || offers.length === 0) return nothing([words.offers]);
  return { given, offers, faults: offers.flatMap((offer, i) => missingFields(offer, i + 1, words)) };
}

function missingFields(offer, n, words) {
  const missing = NEEDED.filter((field) => offer?.[field] === undefined);
  return missing.length > 0 ? [fill(words.field, { n, fields: missing.join("、") })] : [];
}

function nothing(faults) {
  return { given: {}, offers: [], faults };
}
