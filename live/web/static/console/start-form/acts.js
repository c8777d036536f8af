/** From taps on the form of the next evening to commands and sheets. */
import { Refused } from "../../shared/commands.js";
import { at, rehearsalOf } from "../../shared/root.js";

/** Taps about setting up, each `(detail, {desk, run, open, whileBusy})`. */
export const ACTS = Object.freeze({
  "lb-start": (detail, context) => start(detail, context),
  "lb-edit-goods": ({ button, ...asked }, { desk, open }) => open(desk, "goods-sheet", button, ({ editGoods }) => editGoods({ ...asked, t: desk.t })),
  "lb-edit-script": ({ button, ...asked }, { desk, open }) =>
    open(desk, "script-editor", button, ({ openScriptEditor }) => openScriptEditor({ room: desk.room, ...asked, t: desk.t })),
  "lb-rehearse": ({ button, ...asked }, { desk, open }) =>
    open(desk, "rehearsal-sheet", button, ({ askRehearsal }) => askRehearsal({ room: desk.room, ...asked, button, t: desk.t })),
  "lb-end-rehearsal": ({ button }, { desk, whileBusy }) => whileBusy(desk, button, () => endRehearsal(desk)),
});

async function start({ body, button }, { desk, run }) {
  const form = desk.parts.startForm;
  if (await run(body, button, (refusal) => form.refused(refusal))) form.started();
}

/** Throw the rehearsal away, and what this phone remembers of it; then back to the real console. */
async function endRehearsal({ room, t }) {
  const answer = await fetch(at(`../../api/v1/rooms/${rehearsalOf}/rehearsal`), { method: "DELETE", credentials: "same-origin" }).catch(() => null);
  if (answer === null) throw new Refused(t.errors.unreachable);
  for (const key of Object.keys(localStorage)) if (key.includes(room)) localStorage.removeItem(key);
  location.assign(at(`../../console/${rehearsalOf}`));
}
