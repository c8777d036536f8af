/** A 接龙 from a group chat: pasted, read to proposals with ticks, and booked one by one. Fetched when it is first wanted. */
import { post, Refused, sendCommand } from "../../shared/commands.js";
import { h, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { offerById, offersInOrder, shortTitle } from "../../shared/select.js";
import { openSheet } from "../../shared/sheet/sheet.js";

/** Ask for the text, and for what a line means that names no goods; `desk` is `{room, state, t}`. */
export function pasteList(desk, text = "", unnamed = "") {
  const { room, t } = desk;
  const pasted = h("textarea", { rows: "9", placeholder: t.lists.sample });
  const fault = h("p", { class: "list-fault", role: "alert" });
  const read = h("button", { type: "button", class: "button primary wide" }, t.lists.read);
  const check = () => (read.disabled = pasted.value.trim() === "");
  const meant = offerChoice(desk, unnamed);
  pasted.value = text;
  pasted.addEventListener("input", check);
  check();
  openSheet({
    title: t.lists.paste,
    body: [h("label", { class: "field" }, h("span", {}, t.lists.pasteHere), pasted), h("label", { class: "field" }, h("span", {}, t.lists.unnamed), meant), fault],
    buttons: (close) => {
      read.addEventListener("click", () =>
        busy(read, fault, async () => {
          const asked = { text: pasted.value, offer_id: meant.value || null };
          const found = await post(`api/v1/rooms/${encodeURIComponent(room)}/jielong`, asked, t.errors);
          close();
          showFound(desk, asked, found);
        }),
      );
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), read];
    },
  });
}

/** A line of a group that sells one thing says "两箱" and no more: the host knows which. */
function offerChoice({ state, t }, chosen) {
  const none = h("option", { value: "" }, t.lists.unnamedNone);
  const offers = offersInOrder(state).map((offer) => h("option", { value: offer.id }, `${offer.number ?? ""} ${offer.title}`.trim()));
  const choice = h("select", {}, none, ...offers);
  choice.value = chosen;
  return choice;
}

function showFound(desk, { text, offer_id: unnamed }, { proposals, faults }) {
  const { t } = desk;
  const rows = proposals.map((proposal) => makeRow(proposal, desk));
  const list = h("ul", { class: "proposals" }, ...rows);
  const fault = h("p", { class: "list-fault", role: "alert" });
  const book = h("button", { type: "button", class: "button primary wide" });
  const count = () => {
    const n = rows.filter(wanted).length;
    setText(book, fill(t.lists.book, { n }));
    book.disabled = n === 0;
  };
  list.addEventListener("change", count);
  count();
  openSheet({
    title: fill(t.lists.found, { n: proposals.length }),
    body: [list, ...faultsOf(faults, t), fault],
    buttons: (close) => {
      const back = h("button", { type: "button", class: "button plain" }, t.lists.change);
      back.addEventListener("click", () => (close(), rows.some(({ settled }) => settled) || pasteList(desk, text, unnamed ?? "")));
      book.addEventListener("click", async () => {
        await busy(book, fault, () => bookAll(rows.filter(wanted), list, desk));
        if (rows.some(({ settled }) => settled)) setText(back, t.lists.done);
        count();
      });
      return [back, book];
    },
  });
}

function wanted({ tick, settled }) {
  return tick.checked && !settled;
}

/** One after the other, so that they stand in the list's order. A lost line stops it; with the same keys it can go on. */
async function bookAll(rows, list, { room, t }) {
  for (const row of rows) {
    if (!list.isConnected) return; // whoever closes the sheet has seen enough
    try {
      const { events } = await sendCommand(room, row.proposal.command, t.errors, row.proposal.key);
      const waits = events.some(({ kind }) => kind === "reservation_waitlisted");
      row.settle(waits ? t.lists.waits : t.lists.booked, waits ? "confirm" : "order");
    } catch (error) {
      if (!(error instanceof Refused) || error.code === t.errors.unreachable.code) throw error;
      row.settle(error.why, "trouble");
    }
  }
}

function makeRow(proposal, { state, t }) {
  const { name, line, text, sure, has } = proposal;
  const { words, unit } = wordsOf(proposal.command, state);
  const notes = [`${fill(t.lists.line, { line })}${text}`, sure ? null : proposal.reason, has > 0 ? fill(t.lists.has, { n: has, unit }) : null];
  const tick = h("input", { type: "checkbox" });
  const chip = h("strong", { class: "outcome", hidden: true });
  const lines = notes.filter(Boolean).map((note, i) => h("span", { class: i === 0 ? "note" : "note doubt" }, note));
  const row = h("li", {}, h("label", { class: "button plain" }, tick, h("span", { class: "words" }, h("strong", {}, `${name} · ${words}`), ...lines, chip)));
  tick.checked = sure && has === 0;
  return Object.assign(row, {
    proposal,
    tick,
    settled: false,
    settle(outcome, meaning) {
      row.settled = tick.disabled = true;
      tick.checked &&= meaning !== "trouble";
      setAttribute(chip, "hidden", null);
      setAttribute(chip, "data-meaning", meaning);
      setText(chip, outcome);
    },
  });
}

function wordsOf({ offer_id: id, variant_id: kind, quantity }, state) {
  const offer = offerById(state, id);
  if (offer === null) return { words: `${id} ${quantity}`, unit: "" };
  const variant = offer.variants.find((each) => each.id === kind);
  return { words: `${shortTitle(offer)}${variant ? ` ${variant.name}` : ""} ${quantity} ${offer.unit}`, unit: offer.unit };
}

function faultsOf(faults, t) {
  if (faults.length === 0) return [];
  const rows = faults.map(({ line, text, message }) => h("li", {}, `${fill(t.lists.line, { line })}${text}`, h("strong", {}, message)));
  return [h("h3", {}, fill(t.lists.faults, { n: faults.length })), h("ul", { class: "list-faults" }, ...rows)];
}

/** The button waits until `work` is done; a refusal is said where the thumb is. */
async function busy(button, fault, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  setAttribute(button, "aria-busy", "true");
  setText(fault, "");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    setText(fault, [error.why, error.todo].filter(Boolean).join("\n"));
  } finally {
    setAttribute(button, "aria-busy", null);
  }
}
