/** The fields of answers: a text that fits on a card, and whether to keep it. */
import { h, setText } from "../../shared/dom.js";

/** What a card on the picture holds. */
export const MOST_LETTERS = 100;

/** A few lines of text; `onInput(text)` with every letter, trimmed. */
export function textArea(value, onInput, more = {}) {
  const area = h("textarea", { rows: "3", maxlength: String(MOST_LETTERS), on: { input: () => onInput(oneLine(area.value)) }, ...more });
  area.value = value;
  return area;
}

/** A switch under the thumb; `onChange(on)`. */
export function keepSwitch(t, onChange) {
  const box = h("input", { type: "checkbox", role: "switch", on: { change: () => onChange(box.checked) } });
  const word = h("span");
  setText(word, t.questions.keep);
  return h("label", { class: "button plain keep-switch" }, box, word);
}

/** A card has one paragraph. */
function oneLine(text) {
  return text.replace(/\s+/gu, " ").trim();
}
