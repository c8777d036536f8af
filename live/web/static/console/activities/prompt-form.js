/** A keyword for some seconds: what it stands for, which word, how long. */
import { h } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { pinnedOffer, shortTitle } from "../../shared/select.js";
import { openBag } from "../stage.js";
import { field, keepUsed, lastUsed, lengths, lengthWords, openForm, pickRow, submitButton, textInput } from "./form.js";

const LENGTHS = Object.freeze([15, 30, 60, 120]);
const WORDS = Object.freeze(["1", "2", "6", "要"]);

/** What a keyword may stand for now: `[{meaning, ref, name}]`. */
export function meanings(state, t) {
  const [offer, bag] = [pinnedOffer(state), openBag(state)];
  return [
    offer && { meaning: "claim", ref: offer.id, name: fill(t.act.meanClaim, { offer: shortTitle(offer), unit: offer.unit }) },
    { meaning: "presence", ref: null, name: t.act.meanPresence },
    bag?.state === "open" ? { meaning: "giveaway", ref: bag.id, name: fill(t.act.meanBag, { bag: bag.title }) } : null,
  ].filter(Boolean);
}

export function openPromptForm({ state, t, run }) {
  const choices = meanings(state, t);
  const { seconds } = lastUsed("prompt", { seconds: 30 });
  const terms = { chosen: choices[0], keyword: "1", seconds };
  const submit = submitButton();
  const input = textInput(terms.keyword, (text) => ((terms.keyword = text), words.lastChild.mark(text), say()), { maxlength: "20" });
  const words = pickRow({ label: t.act.keywords, tiles: WORDS.map((word) => ({ value: word, name: word })), value: "1", onPick: (word) => ((input.value = terms.keyword = word), say()) });
  const say = () => {
    submit.disabled = terms.keyword === "";
    submit.say(fill(t.act.promptGo, terms), `${terms.chosen.name} · ${lengthWords(terms.seconds, t)}`);
  };
  say();
  const tiles = choices.map(({ name }, i) => ({ value: i, name }));
  openForm({
    title: t.act.prompt,
    body: [
      state.prompt ? h("p", { class: "under" }, t.act.promptRuns) : null,
      pickRow({ label: t.act.means, tiles, value: 0, onPick: (i) => ((terms.chosen = choices[i]), say()) }),
      words,
      field(t.act.keyword, input),
      pickRow({ label: t.act.length, tiles: lengths(LENGTHS, seconds, t), value: seconds, onPick: (value) => ((terms.seconds = value), say()) }),
    ].filter(Boolean),
    submit,
    t,
    send: (button, refused) => {
      keepUsed("prompt", { seconds: terms.seconds });
      return run(command(terms), button, refused);
    },
  });
}

function command({ chosen: { meaning, ref }, keyword, seconds }) {
  const wanted = { type: "open_prompt", keyword, meaning, seconds };
  return ref === null ? wanted : { ...wanted, ref_id: ref };
}
