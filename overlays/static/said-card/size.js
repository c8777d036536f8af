/** How large words can be written in the home that they have. Pure. */

/** Lines of each size that a home takes, by letters a line: `[letters, lines]` for l (56), m (40), s (32). */
const ROOM = Object.freeze({
  wide: { l: [14, 4], m: [20, 6], s: [25, 8] },
  narrow: { l: [6, 4], m: [9, 6], s: [12, 7] },
});

/** The largest size in which both the words and their answer fit: "l", "m" or "s" (which cuts what is longer still). */
export function sizeOf({ text, answer }, home) {
  const room = ROOM[home === "wide" ? "wide" : "narrow"];
  const fits = ([letters, lines]) => linesOf(text, letters) + (answer ? linesOf(answer, letters) : 0) <= lines;
  return ["l", "m"].find((size) => fits(room[size])) ?? "s";
}

/** A letter of a script as wide as it is high counts one, any other half. */
function linesOf(text, letters) {
  const width = [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 1 : 0.6), 0);
  return Math.max(1, Math.ceil(width / letters));
}
