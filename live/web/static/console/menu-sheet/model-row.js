/** The language model: how it stands in plain words, and its switch. */
import { post, Refused } from "../../shared/commands.js";
import { h, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { at } from "../../shared/root.js";

const ADDRESS = "api/v1/llm";
const FREE = "0.00";

/** A row that asks how the model stands when it is made. */
export function modelRow(t) {
  const state = h("p", { class: "under", role: "status" }, t.llm.asking);
  const off = h("p", { class: "under", hidden: true });
  const turn = h("button", { type: "button", class: "button plain", role: "switch", "aria-checked": "false", hidden: true });
  const row = h("section", { class: "model-row", "aria-label": t.llm.name }, h("div", {}, h("h3", {}, t.llm.name), state, off), turn);
  const show = (told) => showModel({ state, off, turn }, told, t);
  turn.addEventListener("click", () => turnModel(turn, state, t, show));
  standing().then((told) => (told ? show(told) : setText(state, t.llm.unknown)));
  return row;
}

async function standing() {
  const answer = await fetch(at(ADDRESS), { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}

function showModel({ state, off, turn }, told, t) {
  setText(state, modelWords(told, t));
  setText(off, t.llm.without);
  setAttribute(off, "hidden", told.configured && told.on);
  setAttribute(turn, "hidden", !told.configured);
  setAttribute(turn, "aria-checked", String(told.on));
  setText(turn, told.on ? t.llm.turnOff : t.llm.turnOn);
}

/** One sentence on a model as `GET /api/v1/llm` tells of it. */
export function modelWords({ configured, on, trouble, spent }, t) {
  if (!configured) return t.llm.none;
  if (!on) return t.llm.off;
  if (trouble) return fill(t.llm.trouble, { trouble });
  const { requests, yuan } = spent.evening;
  return fill(yuan === FREE ? t.llm.on : t.llm.onFor, { n: requests, yuan });
}

async function turnModel(turn, state, t, show) {
  if (turn.getAttribute("aria-busy") === "true") return;
  setAttribute(turn, "aria-busy", "true");
  try {
    show(await post(ADDRESS, { on: turn.getAttribute("aria-checked") !== "true" }, t.errors));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    setText(state, `${error.what}：${error.why}`);
  } finally {
    turn.removeAttribute("aria-busy");
  }
}
