/**
 * The counter as it is now: the answer of `GET …/pickup`, and one feed for each of its rooms that keeps it true. What the
 * events cannot tell (a new session, a person joined, a gap) is asked for anew.
 */
import { Feed } from "../shared/feed.js";
import { at } from "../shared/root.js";
import { Desk } from "./desk.js";

const AGAIN_MS = 2_000;

export class CounterFeed {
  #room;
  #options;
  #feeds = new Map();
  #missed = [];
  #asking = null;
  #stale = false;
  #code = null;
  desk = null;

  /** `onDesk(desk)`: it was asked for; `onEvent(room, event)`: it has changed; `onLink({up, retryAt})`, `onTrouble(…)`. */
  constructor(room, options) {
    this.#room = room;
    this.#options = options;
  }

  start() {
    this.#listen(this.#room);
    this.ask();
  }

  /** Resolves once an event of a room has been taken in. */
  reached(room, seq) {
    return this.#feeds.get(room)?.reached(seq) ?? Promise.resolve();
  }

  /** Have what lies under a code beside the rest, however old it is. Gives back whether it could be asked for. */
  lookUp(code) {
    this.#code = code;
    return this.ask();
  }

  /** What was looked up is done with: the lists are of today again. */
  forget() {
    if (this.#code === null) return;
    this.#code = null;
    this.ask();
  }

  /** Ask for the whole counter; what comes in meanwhile is taken in after it. Gives back whether it was answered. */
  ask() {
    if (this.#asking) {
      this.#stale = true;
      return this.#asking.then(() => this.#asking ?? true);
    }
    this.#asking = this.#askOnce();
    return this.#asking;
  }

  async #askOnce() {
    this.#missed = [];
    const answers = await Promise.all([this.#fetch(""), ...(this.#code ? [this.#fetch(this.#code)] : [])]);
    this.#asking = null;
    const answered = answers.every((answer) => answer !== null);
    if (answered) this.#become(answers);
    else setTimeout(() => this.ask(), AGAIN_MS);
    return answered;
  }

  #become([all, looked]) {
    this.desk = new Desk(looked ? together(all, looked) : all);
    const outdated = this.#missed.map(([room, event]) => this.desk.take(room, event));
    for (const room of this.desk.seqs.keys()) this.#listen(room);
    this.#options.onDesk(this.desk);
    if (this.#stale || outdated.includes(true) || this.#isBehind()) this.#askAgain();
  }

  /** Whether a feed began with a snapshot that is newer than the answer. */
  #isBehind() {
    return [...this.#feeds].some(([room, feed]) => feed.state.seq > (this.desk.seqs.get(room) ?? 0));
  }

  #askAgain() {
    this.#stale = false;
    this.ask();
  }

  async #fetch(text) {
    const url = at(`api/v1/rooms/${encodeURIComponent(this.#room)}/pickup?q=${encodeURIComponent(text)}`);
    const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    return answer?.ok ? answer.json().catch(() => null) : null;
  }

  #listen(room) {
    if (this.#feeds.has(room)) return;
    const feed = new Feed({
      room,
      clock: this.#options.clock,
      onState: (state, event) => (event ? this.#take(room, event) : this.#begin(room, state)),
      onPeople: () => this.ask(),
      onTrouble: (trouble) => this.#options.onTrouble(trouble),
      onLink: (link) => this.#options.onLink({ ...link, room }),
    });
    this.#feeds.set(room, feed);
    feed.start();
  }

  /** A snapshot stands for a break: events were missed unless it is just as old as what we have. */
  #begin(room, state) {
    if (this.desk && this.desk.seqs.get(room) !== state.seq) this.ask();
  }

  #take(room, event) {
    if (this.#asking) this.#missed.push([room, event]);
    if (!this.desk) return;
    const outdated = this.desk.take(room, event);
    this.#options.onEvent(room, event);
    if (outdated) this.ask();
  }
}

function together(all, looked) {
  const add = (name, key) => [...all[name], ...looked[name].filter((each) => !all[name].some((had) => had[key] === each[key]))];
  const people = new Map(all.people.map((person) => [person.id, person]));
  for (const person of looked.people) people.set(person.id, person);
  return { at: all.at, rooms: add("rooms", "room"), sessions: add("sessions", "id"), people: [...people.values()] };
}
