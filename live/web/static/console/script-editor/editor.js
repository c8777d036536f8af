/**
 * The script of the evening, written on the phone: as cards or as text, both the same script. It may be opened before the
 * evening, with the goods that are to be sold, and while it runs.
 */
import "../choice/choice.js";
import "./card-list.js";
import { post, Refused } from "../../shared/commands.js";
import { h, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { at } from "../../shared/root.js";
import { offersInOrder } from "../../shared/select.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { cardsOf, markdownOf, sectionOfLine } from "./cards.js";
import { forget, leave, leftIn } from "./drafts.js";

const EMPTY = Object.freeze({ script: Object.freeze({ sections: Object.freeze([]) }), markdown: "", faults: Object.freeze([]) });

/**
 * Open the editor. `goods`: the offers that may be spoken of, `{id, number, title, unit, price}`; `offers`: the same as the
 * commands take them, before a session, else null: the service knows those of the room. `cycle` likewise.
 * `onSave(script)` resolves to whether it was kept, and then the editor closes.
 */
export async function openScriptEditor(asked) {
  await new ScriptEditor(asked).open();
}

/** Write the script of the running session from the console; `run(command)` carries a command out. */
export function writeScript({ room, state, t }, run) {
  const onSave = (script) => run({ type: "update_script", script }, null);
  return openScriptEditor({ room, script: state.session.script, goods: offersInOrder(state), t, onSave });
}

class ScriptEditor {
  constructor({ room, script, goods, offers = null, cycle = null, t, onSave }) {
    Object.assign(this, { room, script, goods, offers, cycle, t, onSave, mode: "cards", cards: [], markdown: "" });
    this.sure = null;
  }

  async open() {
    this.build();
    this.close = openSheet({ title: this.t.script.name, body: this.body, buttons: (close) => this.buttons(close) });
    this.list.closest("dialog").classList.add("script-editor");
    await this.attempt(async () => this.take(await this.first()));
    await this.offerModel();
  }

  /** The model words a script only where there is one and it is on. */
  async offerModel() {
    const answer = await fetch(at("api/v1/llm"), { credentials: "same-origin" }).catch(() => null);
    const told = answer?.ok ? await answer.json() : null;
    setAttribute(this.word, "hidden", !(told?.on && told.uses.includes("script")));
  }

  build() {
    const { t } = this;
    this.list = document.createElement("lb-card-list");
    this.list.addEventListener("lb-cards", (event) => ((this.cards = event.detail), this.keep()));
    this.text = h("textarea", { class: "text", rows: "14", spellcheck: "false", "aria-label": t.script.text, placeholder: t.script.sample, on: { input: () => ((this.markdown = this.text.value), this.keep()) } });
    this.ways = document.createElement("lb-choice");
    this.ways.addEventListener("lb-change", (event) => this.turn(event.detail));
    this.ways.show({ label: t.script.name, tiles: ["cards", "text"].map((value) => ({ value, name: t.script.ways[value] })), value: "cards" });
    this.draft = h("button", { type: "button", class: "button", on: { click: () => this.make() } }, t.script.draft);
    this.word = h("button", { type: "button", class: "button", hidden: true, on: { click: () => this.make("model") } }, t.script.word);
    this.note = h("p", { class: "under", role: "status" });
    this.drop = h("button", { type: "button", class: "button", hidden: true, on: { click: () => this.start() } }, t.script.drop);
    this.fault = h("ul", { class: "faults", role: "alert" });
    this.body = [h("div", { class: "head" }, this.ways, this.draft, this.word), this.note, this.drop, this.fault, this.list, this.text];
    this.showMode();
  }

  buttons(close) {
    this.save = h("button", { type: "button", class: "button primary", on: { click: () => this.keepAll() } }, this.t.script.save);
    return [h("button", { type: "button", class: "button plain", on: { click: close } }, this.t.pick.back), this.save];
  }

  /** What was left unsaved is not wanted: begin with the script as it is. */
  async start() {
    forget();
    await this.attempt(async () => this.take(await this.first()));
  }

  /** What was left unsaved, else the script as it is, else nothing. */
  async first() {
    const left = leftIn(this.room);
    setText(this.note, left === null ? "" : this.t.script.left);
    setAttribute(this.drop, "hidden", left === null);
    if (left !== null) return this.ask("read", { markdown: left });
    const any = Array.isArray(this.script?.sections) && this.script.sections.length > 0;
    return any ? this.ask("write", { script: this.script }) : EMPTY;
  }

  ask(what, body) {
    const path = `api/v1/rooms/${encodeURIComponent(this.room)}/script/${what}`;
    return post(path, { ...body, ...(this.offers ? { offers: this.offers } : null) }, this.t.errors);
  }

  /** Show what the service has read. */
  take(read, sent = read.markdown) {
    this.markdown = read.faults.length > 0 ? sent : read.markdown;
    this.cards = cardsOf(read);
    this.text.value = this.markdown;
    this.list.show({ cards: this.cards, goods: this.goods, faults: this.byCard(read.faults, sent), t: this.t });
    this.showFaults(read.faults);
    this.showMode();
  }

  byCard(faults, markdown) {
    const found = this.cards.map(() => []);
    for (const fault of faults) found[sectionOfLine(markdown, fault.line)]?.push(`${fault.what}。${fault.mend}`);
    return found;
  }

  showFaults(faults) {
    const { script } = this.t;
    const lines = faults.map((fault) => fill(script.fault, fault));
    this.fault.replaceChildren(...(lines.length > 0 ? [h("li", {}, h("strong", {}, fill(script.faults, { n: lines.length })))] : []), ...lines.map((line) => h("li", {}, line)));
  }

  showMode() {
    setAttribute(this.list, "hidden", this.mode !== "cards");
    setAttribute(this.text, "hidden", this.mode !== "text");
  }

  /** The text of what is on the sheet, whichever way it is shown. */
  written() {
    return this.mode === "cards" ? markdownOf(this.cards, this.goods) : this.text.value;
  }

  keep() {
    leave(this.room, this.written());
  }

  async turn(mode) {
    const text = this.written();
    this.mode = mode;
    await this.attempt(async () => this.take(await this.ask("read", { markdown: text }), text));
    this.showMode();
  }

  /** A script made of the goods; where one is written already, a second tap is asked for. */
  async make(by = "template") {
    const button = by === "model" ? this.word : this.draft;
    if (this.written().trim() !== "" && this.sure !== by) {
      this.sayNames();
      this.sure = by;
      setText(button, this.t.script.draftSure);
      return;
    }
    this.sayNames();
    await this.attempt(async () => this.takeDraft(await this.ask("draft", { by, ...(this.cycle ? { cycle: this.cycle } : null) })));
    this.keep();
  }

  sayNames() {
    this.sure = null;
    setText(this.draft, this.t.script.draft);
    setText(this.word, this.t.script.word);
  }

  takeDraft(read) {
    this.take(read);
    const by = read.by === "model" ? this.t.script.byModel : "";
    setText(this.note, read.trouble ?? by);
  }

  async keepAll() {
    await this.attempt(async () => {
      const text = this.written();
      const read = await this.ask("read", { markdown: text });
      if (read.faults.length > 0) return this.take(read, text);
      if (!(await this.onSave(read.script))) return undefined;
      forget();
      return this.close();
    });
  }

  /** Do something that asks the service; a refusal stays on the sheet. */
  async attempt(work) {
    this.save.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.fault.replaceChildren(h("li", {}, [`${error.what}：${error.why}`, error.todo].filter(Boolean).join("\n")));
    } finally {
      this.save.removeAttribute("aria-busy");
    }
  }
}
