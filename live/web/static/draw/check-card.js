/** The check: on a tap, every step is worked out anew on this phone and ticked, or told what is wrong in it. */
import { h, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { fill } from "../shared/i18n/fill.js";
import { card, mark } from "./parts.js";
import { stepsOf } from "./steps.js";

const STEP_MS = 220;

export function checkCard({ record }, noted, t) {
  const button = h("button", { type: "button", class: "button order go" }, t.check.go);
  const list = h("ol", { class: "steps" });
  const verdict = h("div", { class: "verdict", role: "status" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    setText(button, t.check.running);
    await run({ record, noted, list, verdict, t });
    setText(button, t.check.again);
    button.disabled = false;
  });
  return card("check", t.check.heading, h("p", { class: "quiet" }, t.check.why), list, verdict, button);
}

/** One step after the other, so that the eye can follow; where nothing should move, all at once. */
async function run({ record, noted, list, verdict, t }) {
  list.replaceChildren();
  verdict.replaceChildren();
  const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : STEP_MS;
  await after(pause);
  const steps = stepsOf(record, noted, t);
  for (const each of steps) {
    list.append(stepLine(each, t));
    await after(pause);
  }
  const wrong = steps.reduce((sum, { faults }) => sum + faults.length, 0);
  const good = wrong === 0;
  verdict.dataset.good = String(good);
  const why = good ? t.check.goodWhy : fill(t.check.badWhy, { n: wrong });
  verdict.replaceChildren(icon(good ? "check" : "trouble"), h("strong", {}, good ? t.check.good : t.check.bad), h("p", {}, why));
}

function stepLine({ step, title, say, faults, numbers }, t) {
  const good = faults.length === 0;
  return h(
    "li",
    { "data-step": step, "data-good": String(good) },
    h("div", { class: "head" }, h("h3", {}, title), mark(good, good ? t.check.ticked : t.check.failed)),
    good ? h("p", {}, say) : h("ul", { class: "faults" }, ...faults.map((fault) => h("li", {}, fault))),
    numbers.length > 0 ? h("details", {}, h("summary", {}, t.check.details), ...numbers.map(numberLine)) : null,
  );
}

function numberLine([label, value]) {
  return h("p", { class: "number-line" }, h("span", { class: "quiet" }, label), h("code", {}, value));
}

function after(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
