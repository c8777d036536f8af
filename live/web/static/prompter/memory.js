/** What this device remembers: of an evening, where it stands in the script; of itself, how it shows things. */
const PLACE_KEY = "linbo-prompter-place";
const DEVICE_KEY = "linbo-prompter";

/** Nothing said yet of a session. `pinned_at`, `priced_at`: server time in ms; `audio`: what OBS says of the microphone. */
export function fresh(session = null) {
  return { session, id: null, at: 0, since: 0, spent: {}, pinned: null, pinned_at: 0, priced_at: 0, audio: null };
}

/** The place in a session's script that was kept, or a fresh one. */
export function placeIn(session) {
  const kept = read(PLACE_KEY);
  return kept?.session === session ? { ...fresh(session), ...kept, audio: null } : fresh(session);
}

export function keepPlace(memory) {
  write(PLACE_KEY, memory);
}

/** `size`: a step of the text, null for what fits the screen; `mirror`: "none", "x", "y" or "both"; `off`: rules switched off. */
export function device() {
  return { size: null, mirror: "none", off: [], ...read(DEVICE_KEY) };
}

export function keepDevice(value) {
  write(DEVICE_KEY, value);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // somebody else's words under our key
  }
}

function write(key, value) {
  localStorage.setItem(key, JSON.stringify(value));
}
