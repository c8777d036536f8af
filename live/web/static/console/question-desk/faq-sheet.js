/** The answers that the shop has kept: to mend, to drop, and one more. */
import { h, setText } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { askTwice, field, openForm, submitButton, textInput } from "../activities/form.js";
import { textArea } from "./fields.js";

/** Open the list; `run(command, button, onRefused)` sends what is changed. */
export function openFaq({ desk, run }) {
  const { state, t } = desk;
  const close = openSheet({
    title: t.questions.faq,
    body: [state.faq.length > 0 ? list({ desk, run, close: () => close() }) : h("p", {}, t.questions.faqEmpty)],
    buttons: (end) => [
      h("button", { type: "button", class: "button plain", on: { click: end } }, t.pick.back),
      h("button", { type: "button", class: "button primary", on: { click: () => (end(), openOne({ faq: null, t, run })) } }, icon("plus"), t.questions.faqAdd),
    ],
  });
}

function list({ desk, run, close }) {
  const { state, t } = desk;
  const rows = [...state.faq].reverse().map((faq) => row(faq, { t, onEdit: () => (close(), openOne({ faq, t, run })), onDrop: () => (close(), askDrop({ faq, t, run })) }));
  return h("ol", { class: "faq-list" }, ...rows);
}

function row(faq, { t, onEdit, onDrop }) {
  const words = h("div", { class: "words" }, h("strong", {}, faq.text), h("p", {}, faq.answer));
  if (faq.goods) words.append(h("p", { class: "under" }, faq.goods));
  const edit = h("button", { type: "button", class: "button plain", "aria-label": fill(t.questions.faqEdit, faq), on: { click: onEdit } }, icon("edit"));
  const drop = h("button", { type: "button", class: "button plain", "aria-label": fill(t.questions.faqDrop, faq), on: { click: onDrop } }, icon("close"));
  return h("li", {}, words, edit, drop);
}

function askDrop({ faq, t, run }) {
  askTwice({
    title: fill(t.questions.faqDrop, faq),
    body: [faq.answer, t.questions.faqDropBody],
    yes: t.questions.faqDropYes,
    t,
    onYes: () => run({ type: "drop_faq", faq_id: faq.id }, null),
  });
}

/** Mend one, or with null add one. */
function openOne({ faq, t, run }) {
  const said = { question: faq?.text ?? "", answer: faq?.answer ?? "" };
  const submit = submitButton();
  const say = () => {
    submit.disabled = said.question === "" || said.answer === "";
    submit.say(t.questions.faqKeep, "");
  };
  const goods = h("p", { class: "under" });
  setText(goods, faq?.goods ?? t.questions.faqAny);
  say();
  openForm({
    title: faq ? t.questions.faqMend : t.questions.faqAdd,
    body: [
      field(t.questions.asked, textInput(said.question, (text) => ((said.question = text), say()), { placeholder: t.questions.askedSample })),
      field(t.questions.answer, textArea(said.answer, (text) => ((said.answer = text), say()), { placeholder: t.questions.answerSample })),
      goods,
    ],
    submit,
    t,
    send: (button, refused) => run({ type: "keep_faq", ...(faq && { faq_id: faq.id }), ...said }, button, refused),
  });
}
