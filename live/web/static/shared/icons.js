/** Line icons on a 24 × 24 grid, drawn in the colour of the text beside them. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = Object.freeze({
  order: "M3 5h2l2.2 10.2h10.3L20 8H6.2 M9 19.5a.5.5 0 1 0 0-.01 M16.5 19.5a.5.5 0 1 0 0-.01",
  question: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3 M12 18.4v.1",
  confirm: "M12 4a8 8 0 1 0 .01 0 M12 8v4.5l3 1.8",
  trouble: "M12 4 2.8 19.5h18.4z M12 10v4 M12 16.8v.1",
  chat: "M4 5.5h16v10H11l-4.5 3.5v-3.5H4z",
  heart: "M12 19.5 5 12.6a4.2 4.2 0 0 1 6-5.9l1 1 1-1a4.2 4.2 0 0 1 6 5.9z",
  gift: "M4 9.5h16v4H4z M5.5 13.5v6.5h13v-6.5 M12 9.5V20 M12 9.5C9 9.5 7.5 8.4 7.5 6.9S10.5 4.6 12 9.5c1.5-4.9 4.5-4.1 4.5-2.6S15 9.5 12 9.5",
  list: "M8.5 6.5H20 M8.5 12H20 M8.5 17.5H20 M4.5 6.5v.1 M4.5 12v.1 M4.5 17.5v.1",
  goods: "M4 8.2 12 4l8 4.2v7.6L12 20l-8-4.2z M4 8.2l8 4.2 8-4.2 M12 12.4V20",
  bag: "M6 8h12l1 12H5z M9 10.5V7a3 3 0 0 1 6 0v3.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12 M18 6 6 18",
  more: "M5.5 12a.5.5 0 1 0 0-.01 M12 12a.5.5 0 1 0 0-.01 M18.5 12a.5.5 0 1 0 0-.01",
  pin: "M9 4h6l-.8 6 3.3 3.5H6.5L9.8 10z M12 13.5V20",
  plus: "M12 5v14 M5 12h14",
  minus: "M5 12h14",
  up: "M12 19V6 M6.5 11.5 12 6l5.5 5.5",
  down: "M12 5v13 M6.5 12.5 12 18l5.5-5.5",
  edit: "M5 19l.8-3.8L15.5 5.5l3 3-9.7 9.7z",
  back: "M15 5l-7 7 7 7",
  ahead: "M9 5l7 7-7 7",
  undo: "M4 10h10a5 5 0 0 1 0 10h-3 M8 5.5 3.5 10 8 14.5",
  scan: "M4 8.5V4h4.5 M15.5 4H20v4.5 M20 15.5V20h-4.5 M8.5 20H4v-4.5 M4 12h16",
  pause: "M8 5v14 M16 5v14",
  play: "M8 5l11 7-11 7z",
  host: "M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0z M5.5 11a6.5 6.5 0 0 0 13 0 M12 17.5V21",
  hide: "M4 12s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S4 12 4 12 M4.5 19.5l15-15",
  block: "M12 4a8 8 0 1 0 .01 0 M6.5 6.5l11 11",
  bolt: "M13 3 5 13.5h6L10 21l9-11.5h-6.5z",
  bars: "M5 20v-7 M12 20V5 M19 20v-11",
  screen: "M3.5 5h17v11.5h-17z M9 20h6",
  link: "M3 9.5a13 13 0 0 1 18 0 M6.2 13a8.5 8.5 0 0 1 11.6 0 M9.4 16.4a4 4 0 0 1 5.2 0 M12 19.4v.1",
});

/** An icon by its name, hidden from screen readers: a word always stands beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
