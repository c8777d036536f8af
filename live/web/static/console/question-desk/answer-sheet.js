/** An answer in the host's own words: on the picture, and, if they like, kept for every evening. */
import { h, setText } from "../../shared/dom.js";
import { field, openForm, submitButton } from "../activities/form.js";
import { keepSwitch, textArea } from "./fields.js";

/** Open it; `text` is what was suggested, or null. */
export function openAnswer({ question, text, t, run }) {
  const said = { text: text ?? "", keep: false };
  const submit = submitButton();
  const say = () => {
    submit.disabled = said.text === "";
    submit.say(t.questions.show, said.keep ? t.questions.kept : "");
  };
  const quote = h("p", { class: "asked" });
  setText(quote, question.text);
  say();
  openForm({
    title: t.questions.edit,
    body: [
      quote,
      field(t.questions.answer, textArea(said.text, (value) => ((said.text = value), say()))),
      keepSwitch(t, (keep) => ((said.keep = keep), say())),
    ],
    submit,
    t,
    send: (button, refused) => run({ type: "answer_question", question_id: question.id, text: said.text, show: true, keep: said.keep }, button, refused),
  });
}
