/** One offer, opened to be written: what it is, what it costs, how much there is, and what else is known of it. Fetched when it is first wanted. */
import { Refused } from "../../shared/commands.js";
import { h, setAttribute, setText } from "../../shared/dom.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { at } from "../../shared/root.js";
import { keepPicture } from "../offer-board/picture.js";
import { said } from "./findings.js";

const NUMBERS = Object.freeze(["number", "quota", "per_viewer_limit", "case_size", "min_quantity"]);
const LEAST = Object.freeze({ case_size: 1, min_quantity: 0 });

/** `offer`, its `faults`; `onDone(offer)`, `onRemove()`, or null where it is new. */
export function editGoods({ offer, faults, t, onDone, onRemove }) {
  const { start } = t;
  const sheet = { offer: { ...offer }, picture: offer.picture ?? null, inputs: {}, t };
  const note = h("p", { class: "refusal", role: "alert" });
  setText(note, faults.map((fault) => said(fault, start)).join("\n"));
  const done = h("button", { type: "submit", class: "button primary wide" }, start.keep);
  const form = h("form", { class: "goods-form", novalidate: true, id: "goods-form" }, ...fields(sheet, faults, note));
  setAttribute(done, "form", form.id);
  openSheet({
    title: offer.title || start.newOffer,
    body: [note, form],
    buttons: (close) => {
      form.addEventListener("submit", (event) => (event.preventDefault(), close(), onDone(read(sheet))));
      const away = onRemove ? h("button", { type: "button", class: "button plain", on: { click: () => (close(), onRemove()) } }, start.remove) : null;
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), away, done].filter(Boolean);
    },
  });
}

function fields(sheet, faults, note) {
  const { offer, t } = sheet;
  const names = t.start.fields;
  const wrong = new Set(faults.map(({ field }) => field.split(/[.[]/u)[0]));
  const input = (name, value, more = {}) => {
    const node = h("input", { type: "text", autocomplete: "off", maxlength: "100", "aria-invalid": wrong.has(name) ? "true" : null, ...more });
    node.value = value ?? "";
    sheet.inputs[name] = node;
    return h("label", { class: "field" }, h("span", {}, names[name]), node);
  };
  const area = (name, value, rows, hint) => {
    const node = h("textarea", { rows, placeholder: hint, "aria-invalid": wrong.has(name) ? "true" : null });
    node.value = value;
    sheet.inputs[name] = node;
    return h("label", { class: "field" }, h("span", {}, names[name]), node);
  };
  const digits = { inputmode: "numeric", maxlength: "7" };
  return [
    input("title", offer.title),
    h("div", { class: "pair" }, input("price", offer.price, { inputmode: "decimal", maxlength: "10" }), input("unit", offer.unit ?? t.start.unit, { maxlength: "20" })),
    h("div", { class: "pair" }, input("quota", offer.quota, digits), input("per_viewer_limit", offer.per_viewer_limit, { ...digits, placeholder: t.start.noLimit })),
    input("aliases", (offer.aliases ?? []).join("、"), { maxlength: "500", placeholder: t.start.aliasesHint }),
    pictureField(sheet, note),
    area("variants", (offer.variants ?? []).map(variantLine).join("\n"), "2", t.start.variantsHint),
    area("facts", Object.entries(offer.facts ?? {}).map(([name, text]) => `${name}：${text}`).join("\n"), "3", t.start.factsHint),
    h("div", { class: "pair" }, input("number", offer.number, digits), input("case_size", offer.case_size ?? 1, digits)),
    h("div", { class: "pair" }, input("supplier", offer.supplier), input("min_quantity", offer.min_quantity ?? 0, digits)),
    tick(sheet, "weighed", offer.weighed === true),
    tick(sheet, "open", offer.open !== false),
  ];
}

function tick(sheet, name, on) {
  const node = h("input", { type: "checkbox" });
  node.checked = on;
  sheet.inputs[name] = node;
  return h("label", { class: "tick" }, node, h("span", {}, sheet.t.start.fields[name]));
}

function pictureField(sheet, note) {
  const { t } = sheet;
  const file = h("input", { type: "file", class: "only-read", accept: "image/*" });
  const word = h("span");
  const seen = h("img", { alt: "", width: "56", height: "56" });
  const show = () => {
    setAttribute(seen, "hidden", sheet.picture === null);
    if (sheet.picture !== null) setAttribute(seen, "src", at(`pictures/${sheet.picture}`));
    setText(word, sheet.picture === null ? t.start.addPicture : t.start.otherPicture);
  };
  const pick = h("label", { class: "button pick" }, word, file);
  file.addEventListener("change", async () => {
    if (!file.files[0]) return;
    setAttribute(pick, "aria-busy", "true");
    try {
      sheet.picture = await keepPicture(file.files[0], t);
      show();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setText(note, [`${error.what}：${error.why}`, error.todo].filter(Boolean).join("\n"));
    } finally {
      setAttribute(pick, "aria-busy", null);
    }
  });
  show();
  return h("div", { class: "picture-field" }, seen, pick);
}

/** The offer as it is written now; what is empty is left out. */
function read({ offer, picture, inputs }) {
  const text = (name) => inputs[name].value.trim();
  const written = { ...offer, title: text("title"), price: text("price"), unit: text("unit") || undefined, supplier: text("supplier") };
  for (const name of NUMBERS) written[name] = whole(text(name)) ?? LEAST[name] ?? (name === "quota" ? 0 : null);
  return {
    ...written,
    aliases: parts(text("aliases"), /[、,，;；\n]+/u),
    variants: parts(text("variants"), /\n+/u).map((line, i) => variantOf(line, i, offer.variants ?? [])),
    facts: Object.fromEntries(parts(text("facts"), /\n+/u).map(factOf)),
    picture,
    weighed: inputs.weighed.checked,
    open: inputs.open.checked,
  };
}

function whole(text) {
  const digits = text.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/\D/gu, "");
  return digits === "" ? null : Number(digits);
}

function parts(text, between) {
  return [...new Set(text.split(between).map((part) => part.trim()).filter(Boolean))];
}

function factOf(line) {
  const [name, ...rest] = line.split(/[:：]/u);
  return rest.length > 0 ? [name.trim(), rest.join("：").trim()] : ["说明", line];
}

/** 大号 40: a choice, and how many of it there are. */
function variantLine({ name, aliases = [], quota }) {
  return [[name, ...aliases].join("、"), quota ?? null].filter((part) => part !== null).join(" ");
}

function variantOf(line, i, known) {
  const [, names, quota] = /^(.*?)(?:\s+(\d{1,7}))?$/u.exec(line);
  const [name, ...aliases] = parts(names, /[、,，]+/u);
  const old = known.find((variant) => variant.name === name);
  return { id: old?.id ?? freeId(known, i), name: name ?? line, aliases, quota: quota === undefined ? null : Number(quota) };
}

function freeId(known, i) {
  const ids = new Set(known.map(({ id }) => id));
  let n = i + 1;
  while (ids.has(`v${n}`)) n += known.length + 1;
  return `v${n}`;
}
