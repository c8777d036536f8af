/** The 接龙 of the room, to be copied into a group chat. Fetched when it is first wanted. */
import "../choice/choice.js";
import { problem } from "../../shared/commands.js";
import { h, setText } from "../../shared/dom.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { at } from "../../shared/root.js";

const FORMS = Object.freeze(["offers", "orders"]);

/** Open the sheet with the text, in either form. */
export function copyList({ room, t }) {
  const text = h("textarea", { class: "list-text", rows: "9", readonly: true, "aria-label": t.lists.text });
  const said = h("p", { class: "sheet-note", role: "status" });
  const copy = h("button", { type: "button", class: "button primary wide", disabled: true }, t.lists.copyDo);
  const forms = document.createElement("lb-choice");
  let form = FORMS[0];
  const load = async () => {
    const wanted = form;
    copy.disabled = true;
    const { words, why } = await fetchText(room, wanted, t);
    if (wanted !== form) return;
    text.value = words;
    setText(said, why);
    copy.disabled = words === "";
  };
  forms.addEventListener("lb-change", (event) => ((form = event.detail), load()));
  copy.addEventListener("click", async () => setText(said, (await copied(text)) ? t.lists.copied : t.lists.byHand));
  openSheet({
    title: t.lists.copy,
    body: [forms, text, said],
    buttons: (close) => [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), copy],
  });
  forms.show({ label: t.lists.which, tiles: FORMS.map((value) => ({ value, name: t.lists[value] })), value: form });
  load();
}

async function fetchText(room, form, t) {
  const url = at(`api/v1/rooms/${encodeURIComponent(room)}/jielong?what=${form}`);
  const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  const words = await answer?.text().catch(() => null);
  if (typeof words !== "string") return { words: "", why: t.errors.unreachable.why };
  return answer.ok ? { words, why: "" } : { words: "", why: problem(answer.status, parsed(words), t.errors).why };
}

function parsed(words) {
  try {
    return JSON.parse(words);
  } catch {
    return {}; // a proxy's own page: its status says enough
  }
}

/** Copy the text, and leave it selected: on plain http a browser has no clipboard for us, and some refuse the old way too. */
async function copied(text) {
  text.focus();
  text.setSelectionRange(0, text.value.length);
  const done = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
  return done || document.execCommand("copy");
}
