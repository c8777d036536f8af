/** The two movements of the picture; none for those who asked for less. */

const SPRING = "cubic-bezier(0.2, 1.5, 0.4, 1)";

/** A number that has just changed springs once. */
export function spring(node) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  node.animate([{ transform: "scale(1.2)" }, { transform: "scale(1)" }], { duration: 350, easing: SPRING });
}

/** How long a thing takes to leave, in milliseconds: the `--leave` of the theme. */
export const LEAVE_MS = 150;
