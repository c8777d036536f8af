/** Signs on a 24 × 24 grid, filled with the colour of the text beside them: lines get lost on a stream. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = Object.freeze({
  bolt: "M13.5 1.5 4 13.5h6.2L9 22.5l10.5-13h-6.7z",
  bag: "M8.2 7.2 6.5 2.5h11l-1.7 4.7c3.4 2 5.2 5.6 5.2 8.9 0 4.2-3.6 6.4-9 6.4s-9-2.2-9-6.4c0-3.3 1.8-6.9 5.2-8.9zM12 10l-3.4 5 3.4 5 3.4-5z",
  poll: "M3 12.5h4.5V21H3zM9.8 3h4.4v18H9.8zM16.5 8H21v13h-4.5z",
  question: "M12 2a9.5 9 0 1 1-4.6 16.9L2.5 21l1.6-4.6A9.5 9 0 0 1 12 2zm-1.2 12.2v2.4h2.4v-2.4zM8.4 9h2.3c0-.9.5-1.4 1.3-1.4s1.3.5 1.3 1.1c0 1.3-2.5 1.3-2.5 4.1h2.3c0-1.8 2.6-1.7 2.6-4.2 0-1.8-1.5-3.1-3.7-3.1S8.4 6.9 8.4 9z",
  bubble: "M12 2.5a9.5 8.5 0 1 1-4.6 15.9L2.5 20.5l1.6-4.2A9.5 8.5 0 0 1 12 2.5zM7 9.8v2.4h2.4V9.8zm3.8 0v2.4h2.4V9.8zm3.8 0v2.4H17V9.8z",
});

/** A sign by its name, hidden from screen readers: a word always stands beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
