/** The movements of the picture, none of them for those who asked for less. Only transform and opacity move. */
import { h, setText } from "../../static/shared/dom.js";

const SPRING = "cubic-bezier(0.2, 1.5, 0.4, 1)";
const FALL = "cubic-bezier(0.2, 0.7, 0.5, 1)";
const PIECES = 28;
const JOY_MS = 2_000;
const COLOURS = 4;

/** How long a thing takes to leave, in milliseconds: the `--leave` of the theme. */
export const LEAVE_MS = 150;

function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A number that has just changed springs once. */
export function spring(node) {
  if (isCalm()) return;
  node.animate([{ transform: "scale(1.2)" }, { transform: "scale(1)" }], { duration: 350, easing: SPRING });
}

/** Write a number; it springs when it is another one than before, not when it comes in. */
export function setFigure(node, text) {
  const before = node.textContent;
  setText(node, text);
  if (before !== "" && before !== text) spring(node);
}

/** How full a bar is, 0 to 1. */
export function setLevel(node, share) {
  const level = `scaleX(${Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)).toFixed(4)})`;
  if (node.style.transform !== level) node.style.transform = level;
}

/** Two seconds of joy: paper falls inside `box`, always the same way, and is gone. */
export function rejoice(box) {
  if (isCalm()) return;
  for (let i = 0; i < PIECES; i += 1) {
    const piece = h("i", { class: `paper c${i % COLOURS}`, "aria-hidden": "true" });
    box.append(piece);
    piece.animate(fallOf(i), { duration: JOY_MS - (i % 5) * 150, delay: (i % 7) * 60, easing: FALL, fill: "both" }).onfinish = () => piece.remove();
  }
}

/** From the middle of the top outwards and down; lengths are those of the box (container of the papers). */
function fallOf(i) {
  const side = ((i * 37) % PIECES) / PIECES - 0.5;
  const [x, y, turn] = [side * 440, 260 + ((i * 53) % 160), (i % 2 ? 1 : -1) * (180 + i * 20)];
  const moved = (dx, dy, degrees) => `translate(calc(var(--u) * ${dx}), calc(var(--u) * ${dy})) rotate(${degrees}deg)`;
  return [
    { transform: moved(0, 0, 0), opacity: 1 },
    { transform: moved(x, -60 + y * 0.3, turn / 2), opacity: 1, offset: 0.35 },
    { transform: moved(x * 1.1, y, turn), opacity: 0 },
  ];
}
