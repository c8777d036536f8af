/** The end of the day: those who have not come, one by one, each with a tap of its own and a second one to be sure. */
import { h, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { inWords } from "../lines.js";

/** `left()`: who has goods that wait, now; `goods(customer)`: in words; `onMark(customer)` gives back a promise. */
export function endDay({ left, desk, t, onMark }) {
  const words = t.pickup.dayEnd;
  const seen = new Set();
  const done = { marked: 0, skipped: 0 };
  const parts = {
    many: h("p", { class: "sheet-note number" }),
    name: h("strong", { class: "day-end-name" }),
    goods: h("p"),
    sure: h("button", { type: "button", class: "button danger", hidden: true }),
    not: h("button", { type: "button", class: "button plain", hidden: true }, words.not),
    mark: h("button", { type: "button", class: "button plain" }, words.mark),
    skip: h("button", { type: "button", class: "button plain wide" }, words.came),
    shut: h("button", { type: "button", class: "button primary", hidden: true }, words.close),
  };
  let current = null;

  const turn = (asking) => {
    for (const name of ["mark", "skip"]) setAttribute(parts[name], "hidden", asking || current === null);
    for (const name of ["sure", "not"]) setAttribute(parts[name], "hidden", !asking || current === null);
  };
  const next = () => {
    const waiting = left().filter(({ id }) => !seen.has(id));
    current = waiting[0] ?? null;
    turn(false);
    setAttribute(parts.shut, "hidden", current !== null);
    setText(parts.many, current ? fill(words.left, { n: waiting.length }) : fill(words.doneBody, done));
    setText(parts.name, current ? `${fill(t.pickup.row.number, { n: current.line })} ${current.name}` : words.done);
    setText(parts.goods, current ? inWords(desk(), current, ["ready"]) : "");
    setText(parts.sure, current ? fill(words.sure, current) : "");
  };
  const mark = async () => {
    seen.add(current.id);
    parts.sure.setAttribute("aria-busy", "true");
    if (await onMark(current)) done.marked += 1;
    else done.skipped += 1;
    parts.sure.removeAttribute("aria-busy");
    next();
  };
  parts.mark.addEventListener("click", () => turn(true));
  parts.not.addEventListener("click", () => turn(false));
  parts.skip.addEventListener("click", () => (seen.add(current.id), (done.skipped += 1), next()));
  parts.sure.addEventListener("click", mark);
  next();
  openSheet({
    title: words.title,
    // The second tap stands above, away from the first: nobody marks a queue by drumming on one spot.
    body: [parts.many, parts.name, parts.goods, parts.sure],
    buttons: (close) => (parts.shut.addEventListener("click", close), [parts.mark, parts.skip, parts.not, parts.shut]),
  });
}
