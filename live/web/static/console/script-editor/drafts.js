/** What was written and not saved is kept on this device: a closed sheet or an empty battery loses nothing. */
const KEY = "linbo-script-draft";

/** The text that was left in a room, or null. */
export function leftIn(room) {
  try {
    const left = JSON.parse(localStorage.getItem(KEY));
    return left?.room === room && typeof left.markdown === "string" ? left.markdown : null;
  } catch {
    return null; // somebody else's words under our key
  }
}

export function leave(room, markdown) {
  localStorage.setItem(KEY, JSON.stringify({ room, markdown }));
}

export function forget() {
  localStorage.removeItem(KEY);
}
