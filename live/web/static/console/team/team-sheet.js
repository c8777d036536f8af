/** Who uses this device, and who did what just now. */
import "../choice/choice.js";
import { h } from "../../shared/dom.js";
import { wallTime } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { keepWho, whoIs } from "../../shared/who.js";

const LONGEST = 20;

/** Ask who uses this device: a role and, if they like, a name. */
export function askWho({ t, onDone }) {
  const who = { role: "host", name: "", ...whoIs() };
  const role = document.createElement("lb-choice");
  const tiles = Object.entries(t.team.roles).map(([value, name]) => ({ value, name }));
  role.show({ label: t.team.role, tiles, value: who.role });
  role.addEventListener("lb-change", ({ detail }) => (who.role = detail));
  const name = h("input", { type: "text", maxlength: LONGEST, autocomplete: "nickname", value: who.name });
  openSheet({
    title: t.team.title,
    body: [h("p", {}, t.team.why), role, h("label", { class: "field" }, h("span", {}, t.team.name), name)],
    buttons: (close) => [
      h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back),
      h("button", { type: "button", class: "button primary wide", on: { click: () => (keepWho({ ...who, name: name.value }), close(), onDone()) } }, t.team.save),
    ],
  });
}

/** The latest deeds, the newest first. */
export function showRecent({ team, t }) {
  const rows = [...team.deeds].reverse().map((deed) => row(deed, t));
  openSheet({
    title: t.team.recent,
    body: [rows.length > 0 ? h("ol", { class: "deeds" }, ...rows) : h("p", {}, t.team.nothing)],
    buttons: (close) => [h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back)],
  });
}

function row({ at, by, words, own }, t) {
  const who = own ? fill(t.team.here, { by }) : by;
  return h("li", {}, h("time", { class: "number" }, wallTime(at)), h("span", {}, h("strong", {}, who), ` ${words}`));
}
