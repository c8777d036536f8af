/** Several devices at one evening: what this one has to send, what the others have done, and who is who. */
import "./team-line.js";
import { fill } from "../../shared/i18n/fill.js";
import { runningSession } from "../../shared/select.js";
import { calledName, keepWho, whoIs } from "../../shared/who.js";
import { deedOf, didSo, doneAlready, isSo, wishWords, withDeed } from "./deeds.js";
import { Outbox } from "./outbox.js";

const SETTLED = "unknown_comment";
const NEWS_WITHIN_MS = 1_500;
const OWN_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;
const BOOKED_KEPT = 20;

/** The team of a desk, made once. */
export function teamOf(desk) {
  desk.team ??= new Team(desk);
  return desk.team;
}

class Team {
  #desk;
  #booked = [];
  #others = false;

  constructor(desk) {
    this.#desk = desk;
    this.line = document.querySelector("lb-team-line");
    this.deeds = this.#read();
    this.outbox = new Outbox({
      room: desk.room,
      words: () => desk.t.errors,
      session: () => desk.state.session?.id ?? null,
      onChange: () => desk.draw(),
      onLate: (entry, refused) => this.#sayLate(entry, refused),
    });
    desk.follow(this.line, () => this.#show());
    this.#listen();
  }

  /** Carry a command out: resolves to its answer's body once it is answered; rejects with `Refused`. */
  send(command) {
    return this.outbox.send(command);
  }

  /** The line is up again: what could not be sent goes now. */
  linkUp() {
    this.outbox.wake();
  }

  /** An event of the feed, with the state after it. */
  async heard(event, state) {
    const { reservation, comment_id: comment } = event.data;
    if (reservation && comment) this.#booked = [...this.#booked, { comment, reservation }].slice(-BOOKED_KEPT);
    const booked = this.#booked.filter((each) => each.comment === event.data.comment?.id).map((each) => each.reservation);
    const deed = deedOf(event, state, booked, this.#desk.t);
    if (!deed) return;
    this.deeds = withDeed(this.deeds, deed);
    deed.own = await this.#isOwn(deed);
    this.#write();
    if (deed.own) this.#ownDeed(deed);
    else this.#otherDeed(deed);
  }

  /** The deed that made a refusal, where somebody was faster; it may be heard a moment after the refusal. */
  async #faster(command, { code }) {
    const found = () => doneAlready(command, this.deeds);
    await until(found, code === SETTLED ? NEWS_WITHIN_MS : 0);
    return found();
  }

  /** "小李 接受了 …"; a second device of the same name is called so. */
  deedWords({ by, words, own }) {
    const { t } = this.#desk;
    const other = !own && by === calledName(whoIs());
    return fill(t.team.deed, { by: other ? fill(t.team.other, { by }) : by, words });
  }

  /** The words of what waits, kept with it: what it is about may be gone when it is told. */
  wordsOf(entry) {
    entry.words ??= wishWords(entry.command, this.#desk.state, this.#desk.t);
    return entry.words;
  }

  /** Another name is another device only when it is; the same name may be this one, whose answer is still under way. */
  async #isOwn({ by, seq }) {
    if (by === calledName(whoIs())) await until(() => this.outbox.own.has(seq) || !this.outbox.busy, OWN_WITHIN_MS);
    return this.outbox.own.has(seq);
  }

  /** Who starts the evening is its host, and need not be asked. */
  #ownDeed({ kind }) {
    if (kind === "session_started" && whoIs() === null) keepWho({ role: "host", name: "" });
  }

  #otherDeed(deed) {
    this.#others = true;
    this.line.news(this.deedWords(deed), this.#desk.t);
    this.#desk.draw();
  }

  /** What has come to be anyway is no wish any more. */
  #show() {
    const { t, state } = this.#desk;
    for (const entry of this.outbox.entries) if (entry.state === "failed" && isSo(entry.command, state)) this.outbox.drop(entry);
    const { entries } = this.outbox;
    const asks = this.#others && whoIs() === null && runningSession(state) !== null;
    this.line.show({ entries, wordsOf: (entry) => this.wordsOf(entry), asks, t });
  }

  #sayLate(entry, refused) {
    const { t, parts } = this.#desk;
    if (refused) this.sayRefused(entry.command, refused);
    else parts.toast.note(fill(t.team.sent, { what: this.wordsOf(entry) }));
  }

  /** Say what came of a command that was refused: calmly where it is done already, and by whom. */
  async sayRefused(command, refused) {
    const { parts, state, t } = this.#desk;
    const deed = await this.#faster(command, refused);
    if (deed && didSo(command, deed)) parts.toast.note(fill(t.team.already, { deed: this.deedWords(deed) }));
    else if (deed) parts.toast.warning({ what: t.team.overtaken, why: this.deedWords(deed) }, t.errors.close);
    else if (refused.code === SETTLED && isSo(command, state)) parts.toast.note(t.team.handled);
    else parts.toast.failure(refused, t.errors.close);
  }

  #listen() {
    const acts = {
      "lb-send-again": ({ entry }) => this.outbox.again(entry),
      "lb-send-never": ({ entry }) => this.outbox.drop(entry),
      "lb-who-skip": () => (keepWho({ role: "host", name: "" }), this.#desk.draw()),
    };
    for (const [name, act] of Object.entries(acts)) this.line.addEventListener(name, (event) => act(event.detail ?? {}));
    globalThis.addEventListener("online", () => this.linkUp());
    document.addEventListener("visibilitychange", () => document.hidden || this.linkUp());
  }

  #name() {
    return `linbo-deeds/${this.#desk.room}`;
  }

  /** Names of customers: they go with the tab. */
  #read() {
    return JSON.parse(sessionStorage.getItem(this.#name()) ?? "[]");
  }

  #write() {
    sessionStorage.setItem(this.#name(), JSON.stringify(this.deeds));
  }
}

/** Resolves when something is so, or after a time. */
function until(isIt, withinMs) {
  const last = Date.now() + withinMs;
  return new Promise((resolve) => {
    const look = () => (isIt() || Date.now() >= last ? resolve() : setTimeout(look, LOOK_EVERY_MS));
    look();
  });
}
