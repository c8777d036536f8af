/** From taps on questions to commands. */

/** Taps about questions, each `(detail, {desk, run, open})`. */
export const ACTS = Object.freeze({
  "lb-answer": ({ question, text, button }, { run }) => run(answer(question, text), button),
  "lb-answer-edit": ({ question, text, button }, { desk, run, open }) =>
    open(desk, "answer-sheet", button, ({ openAnswer }) => openAnswer({ question, text, t: desk.t, run })),
  "lb-faq": ({ button = null }, { desk, run, open }) => open(desk, "faq-sheet", button, ({ openFaq }) => openFaq({ desk, run })),
});

/** With a text it goes on the picture; without one it was said aloud. */
function answer(question, text) {
  const command = { type: "answer_question", question_id: question.id };
  return text === null ? command : { ...command, text, show: true };
}
