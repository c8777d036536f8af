/** A QR symbol as a drawing: rows of "0" and "1" in, an SVG with its quiet zone out. */

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/** One path for all dark modules, a run of neighbours at a time. Pure. */
export function pathOf(rows) {
  return rows
    .flatMap((row, y) => [...row.matchAll(/1+/gu)].map(({ index, 0: run }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`))
    .join("");
}

export function qr(rows, label) {
  const size = rows.length + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "qr");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(rows));
  svg.append(path);
  return svg;
}
