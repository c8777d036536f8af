/** The editor of the script, over the teleprompter. */
import { Later } from "../console/later.js";
import { SCRIPT_EDITOR } from "../console/script-thing.js";
import { offersInOrder } from "../shared/select.js";

const NAME = "script-editor";

/** The means to write: `later.get` fetches them; their words come with them. */
export function writingLater(desk) {
  return new Later({ things: { [NAME]: SCRIPT_EDITOR }, language: desk.language, onWords: (add) => (desk.t = add(desk.t)) });
}

/** `keep(script)` resolves to whether the room has it now. Rejects where the editor cannot be fetched. */
export async function openEditorHere(desk, keep) {
  const { openScriptEditor } = await desk.writing.get(NAME);
  const { room, state, t } = desk;
  await openScriptEditor({ room, script: state.session?.script ?? null, goods: offersInOrder(state), t, onSave: keep });
}
