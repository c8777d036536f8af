/** From taps and keys to what the teleprompter does. */
import { Refused, sendCommand } from "../shared/commands.js";
import { putAway } from "./cues.js";
import { needsAsking } from "./launches.js";

const SIZES_PX = Object.freeze([24, 30, 36, 44, 56, 72, 96]); // as in prompter.css
const FURTHER = Object.freeze(["PageDown", "ArrowRight", "ArrowDown", " ", "Enter"]);
const BACK = Object.freeze(["PageUp", "ArrowLeft", "ArrowUp", "Backspace"]);

/** Wire a teleprompter: `{parts, state, section, device, move, stand, change, priced, …}`. */
export function listen(desk) {
  for (const [name, act] of Object.entries(ACTS)) document.addEventListener(name, (event) => act(desk, event.detail ?? {}));
  document.addEventListener("keydown", (event) => onKey(desk, event));
}

const ACTS = Object.freeze({
  "lb-further": (desk) => desk.parts.text.stepDown() || desk.move(1),
  "lb-back": (desk) => desk.parts.text.stepUp() || desk.move(-1),
  "lb-put-away": (desk) => ((desk.cards = putAway(desk.cards, desk.clock.now())), desk.draw()),
  "lb-cue-act": (desk, { cue, button }) => cueAct(desk, cue, button),
  "lb-launch": (desk, { button }) => orSay(desk, launch(desk, button)),
  "lb-pin": (desk, { button }) => run(desk, { type: "pin_offer", offer_id: desk.section.offer_id }, button),
  "lb-size": (desk, { button }) => resize(desk, Number(button.dataset.step)),
  "lb-menu": (desk) => orSay(desk, menu(desk)),
  "lb-write": (desk) => orSay(desk, write(desk)),
});

/** What is fetched when it is first wanted may not come: that is said, and the next tap asks again. */
function orSay(desk, work) {
  work.catch((error) => {
    if (!(error instanceof TypeError)) throw error;
    desk.parts.toast.failure(desk.t.prompter.notFetched, desk.t.errors.close);
  });
}

/** Page-turners send keys: those that mean a button or a field stay there. */
function onKey(desk, event) {
  const busy = document.querySelector("dialog[open]") || event.ctrlKey || event.altKey || event.metaKey;
  const typed = event.target.closest?.("input, textarea, select");
  const pressed = event.target.closest?.("button, a") && (event.key === " " || event.key === "Enter");
  const way = FURTHER.includes(event.key) ? "lb-further" : BACK.includes(event.key) ? "lb-back" : null;
  if (busy || typed || pressed || way === null) return;
  event.preventDefault();
  ACTS[way](desk);
}

function cueAct(desk, cue, button) {
  ACTS["lb-put-away"](desk);
  if (cue.act.type === "priced") desk.priced();
  else run(desk, cue.act, button);
}

async function launch(desk, button) {
  const { launch: command } = desk.section;
  if (!needsAsking(command)) return run(desk, command, button);
  const { askLaunch } = await import("./sheets/launch-sheet.js");
  return askLaunch({ launch: command, state: desk.state, t: desk.t, onYes: () => run(desk, command, button) });
}

/** Send a command; the button waits until its event has arrived. Gives back whether it took effect. */
async function run(desk, command, button) {
  if (button?.getAttribute("aria-busy") === "true") return false;
  button?.setAttribute("aria-busy", "true");
  try {
    const { events } = await sendCommand(desk.room, command, desk.t.errors);
    await desk.feed.reached(Math.max(0, ...events.map((event) => event.seq)));
    desk.parts.toast.settle();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    desk.parts.toast.failure(error, desk.t.errors.close);
    return false;
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

/** A step from the size of now, also where it is the one that fits the screen. */
function resize(desk, step) {
  const px = parseFloat(getComputedStyle(desk.parts.text.page).fontSize);
  const larger = SIZES_PX.findIndex((each) => each > px + 1);
  const smaller = SIZES_PX.findLastIndex((each) => each < px - 1);
  const size = step > 0 ? (larger < 0 ? SIZES_PX.length - 1 : larger) : Math.max(0, smaller);
  desk.change({ size });
}

async function menu(desk) {
  const { openDevice } = await import("./sheets/device-sheet.js");
  openDevice({
    room: desk.room,
    device: desk.device,
    awake: desk.awake.on,
    t: desk.t,
    onMirror: (mirror) => desk.change({ mirror }),
    onOff: (off) => desk.change({ off }),
    onWrite: () => write(desk),
  });
}

async function write(desk) {
  const { openEditorHere, writingLater } = await import("./writing.js");
  desk.writing ??= writingLater(desk);
  await openEditorHere(desk, (script) => run(desk, { type: "update_script", script }, null));
}
