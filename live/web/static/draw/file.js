/** The saved file: everything it shows lies in it. */
import { fill } from "../shared/i18n/fill.js";
import { wall } from "./moments.js";
import { View } from "./view.js";
import { drawZhCN } from "./words/zh-CN.js";

const saved = JSON.parse(document.getElementById("record").textContent);
const note = document.querySelector(".saved");
const view = new View(document.querySelector("main"), {
  t: drawZhCN,
  links: null,
  noted: () => null,
  anchor: () => location.hash.slice(1),
});
note.textContent = fill(drawZhCN.savedAt, { at: wall(saved.saved_at, drawZhCN, { seconds: true }) });
view.show(saved);
view.tick(Date.parse(saved.saved_at));
