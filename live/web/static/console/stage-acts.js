/** From taps to what goes on the picture: which sheet opens for what runs, and what is said afterwards. */
import { fill } from "../shared/i18n/fill.js";
import { offerById, shortTitle } from "../shared/select.js";
import { flashOf, liveFlashes, namesOf, openBag, openPoll, winnersOf } from "./stage.js";

/** Taps about the picture, each `(detail, {desk, run, open})`. */
export const ACTS = Object.freeze({
  "lb-activities": ({ button }, { desk, run, open }) => open(desk, "activity-list", button, ({ openActivities }) => openActivities({ desk, run })),
  "lb-flash": ({ offer, button }, context) => flash(offer, button, context),
  "lb-begin": ({ kind, button }, context) => BEGIN[kind](button, context),
  "lb-live": ({ kind, id, button }, context) => LIVE[kind](id, button, context),
});

const BEGIN = Object.freeze({
  flash: (button, context) => flash(null, button, context),
  bag: (button, context) => bagOrForm(openBag(context.desk.state), button, context),
  poll: (button, context) => pollOrForm(openPoll(context.desk.state), button, context),
  prompt: (button, { desk, run, open }) => open(desk, "prompt-form", button, ({ openPromptForm }) => openPromptForm({ state: desk.state, t: desk.t, run })),
});

const LIVE = Object.freeze({
  flash: (id, button, context) => flashPanel(byId(context.desk.state.flash_sales, id), button, context),
  bag: (id, button, context) => bagOrForm(byId(context.desk.state.giveaways, id), button, context),
  poll: (id, button, context) => pollOrForm(byId(context.desk.state.polls, id), button, context),
  shown: (_id, button, { desk, run, open }) => open(desk, "activity-list", button, ({ openActivities }) => openActivities({ desk, run })),
});

function byId(list, id) {
  return list.find((each) => each.id === id) ?? null;
}

/** The form, or, where a deal runs already, its panel: there is one at a time. */
function flash(offer, button, context) {
  const { desk, run, open } = context;
  const [runs] = offer === null || flashOf(desk.state, offer.id) ? liveFlashes(desk.state) : [];
  if (runs) return flashPanel(runs, button, context);
  const [other] = liveFlashes(desk.state);
  if (other) return sayOther(other, context);
  const fresh = offer && offerById(desk.state, offer.id);
  return open(desk, "flash-form", button, ({ openFlashForm }) => openFlashForm({ offer: fresh, state: desk.state, t: desk.t, run }));
}

function sayOther(sale, context) {
  const { state, t, parts } = context.desk;
  const offer = offerById(state, sale.offer_id);
  const words = fill(t.stage.oneFlash, { offer: offer ? shortTitle(offer) : sale.offer_id });
  parts.toast.note(words, { word: t.stage.look, run: () => flashPanel(sale, null, context) });
}

function flashPanel(sale, button, { desk, run, open }) {
  return open(desk, "flash-panel", button, ({ openFlashPanel }) => openFlashPanel({ desk, run, flash: sale }));
}

function bagOrForm(bag, button, { desk, run, open }) {
  if (bag === null) return open(desk, "bag-form", button, ({ openBagForm }) => openBagForm({ state: desk.state, t: desk.t, run }));
  const onCode = () => open(desk, "proof-code", null, ({ showProofCode }) => showProofCode({ room: desk.room, bag, t: desk.t }));
  return open(desk, "bag-panel", button, ({ openBagPanel }) => openBagPanel({ desk, run, bag, onCode }));
}

function pollOrForm(poll, button, { desk, run, open }) {
  if (poll === null) return open(desk, "poll-form", button, ({ openPollForm }) => openPollForm({ t: desk.t, run }));
  return open(desk, "poll-panel", button, ({ openPollPanel }) => openPollPanel({ desk, run, poll }));
}

/** What is said when a bag has been drawn, and the way to its winners: `[words, back]`. */
export function bagWords(bag, t) {
  const look = () => document.dispatchEvent(new CustomEvent("lb-live", { detail: { kind: "bag", id: bag.id } }));
  return [fill(t.stage.drawn, { names: namesOf(winnersOf(bag), t.stage, fill) }), { word: t.stage.look, run: look }];
}
