/** Asks what is rehearsed with, and begins: an evening played through that does not count. Fetched when it is first wanted. */
import "../choice/choice.js";
import { Refused } from "../../shared/commands.js";
import { h, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { at } from "../../shared/root.js";
import { ask, askWith } from "./ask.js";

const SPEEDS = Object.freeze([1, 5, 20]);
const LOG = "log";

/** `body`: tonight's `start_session`; the page goes to the rehearsal's own console. */
export async function askRehearsal({ room, body, t, button, onRefused }) {
  button.setAttribute("aria-busy", "true");
  try {
    const { running, recordings } = await ask(room, "rehearsal", { words: t.errors });
    openAsked({ room, body, t, running, recordings });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    onRefused(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function openAsked({ room, body, t, running, recordings }) {
  const { rehearsal } = t;
  const chosen = { at: 0, speed: 5, text: null };
  const note = h("p", { class: "refusal", role: "alert" });
  const go = h("button", { type: "button", class: "button primary wide" }, rehearsal.go);
  const tiles = [...recordings.map((recording, value) => ({ value, ...wordsOf(recording, rehearsal) })), { value: LOG, name: rehearsal.log, note: rehearsal.logNote }];
  const file = h("input", { type: "file", class: "only-read", accept: ".jsonl,.json,.txt" });
  const onSource = (value) => ((chosen.at = value), value === LOG && file.click());
  const sources = choice(rehearsal.with, tiles, 0, onSource);
  file.addEventListener("change", async () => {
    chosen.text = (await file.files[0]?.text()) ?? null;
    tiles.at(-1).note = file.files[0]?.name ?? rehearsal.logNote;
    sources.show({ label: rehearsal.with, tiles, value: chosen.at });
  });
  const speeds = choice(rehearsal.speed, SPEEDS.map((value) => ({ value, name: fill(rehearsal.times, { n: value }) })), chosen.speed, (value) => (chosen.speed = value));
  const still = running ? [h("a", { class: "button plain", href: at(running.console) }, rehearsal.still)] : [];
  openSheet({
    title: rehearsal.title,
    body: [h("p", {}, rehearsal.what), ...still, h("div", { class: "field" }, h("span", {}, rehearsal.with), sources, file), h("div", { class: "field" }, h("span", {}, rehearsal.speed), speeds), note],
    buttons: (close) => {
      go.addEventListener("click", () => begin({ room, body, t, chosen, recordings, go, note }));
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), go];
    },
  });
}

function choice(label, tiles, value, onPick) {
  const node = document.createElement("lb-choice");
  node.addEventListener("lb-change", (event) => onPick(event.detail));
  node.show({ label, tiles, value });
  return node;
}

function wordsOf({ source, title, started_at: at_ }, rehearsal) {
  if (source === "demo") return { name: rehearsal.demo, note: rehearsal.demoNote };
  return { name: fill(rehearsal.session, { title }), note: at_ ? at_.slice(5, 16).replace("T", " ") : rehearsal.sessionNote };
}

async function begin({ room, body, t, chosen, recordings, go, note }) {
  if (chosen.at === LOG && chosen.text === null) return setText(note, t.rehearsal.noLog);
  const recording = chosen.at === LOG ? { source: LOG, text: chosen.text } : recordingOf(recordings[chosen.at]);
  go.setAttribute("aria-busy", "true");
  try {
    const held = await askWith(room, "rehearsal", { recording, speed: chosen.speed, start: body }, t.errors);
    location.assign(at(held.console));
  } catch (error) {
    go.removeAttribute("aria-busy");
    if (!(error instanceof Refused)) throw error;
    setText(note, [`${error.what}：${error.why}`, error.todo].filter(Boolean).join("\n"));
  }
  return undefined;
}

function recordingOf({ source, session_id: id }) {
  return id === undefined ? { source } : { source, session_id: id };
}
