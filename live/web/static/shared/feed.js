/**
 * The one feed of every page: a WebSocket that keeps a room's state whole.
 *
 * First a snapshot (or, after a break, the missing events), then every event once, in order. A gap in the numbers asks for
 * the snapshot anew; a lost connection comes back by itself with jitter; a silent one is replaced before anybody asks.
 */
import { backoffMs } from "./backoff.js";
import { at } from "./root.js";
import { apply, EMPTY, fromSnapshot } from "./state.js";

const SILENCE_MS = 20_000;
const OPENING_MS = 6_000;
const CLOSE_DONE = 1000;

/** The address of a room's events; `events` is that of all events. */
export function feedUrl(events, { room, token, since }) {
  const url = new URL(events);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("room", room);
  if (since !== null) url.searchParams.set("since", String(since));
  if (token) url.searchParams.set("token", token);
  return url.href;
}

/**
 * `onState(state, event)`: the room has changed; `event` is null for a snapshot.
 * `onComment(comment)`, `onTrouble({code, detail})` and `onPeople()`: frames beside the events; a null code says that all
 * is well, and people are told of when identities were joined or split.
 * `onLink({up, retryAt})`: the connection is up, or down until the next try at `retryAt` (local milliseconds).
 */
export class Feed {
  #options;
  #clock;
  #socket = null;
  #known = false;
  #up = null;
  #tries = 0;
  #retry = null;
  #silence = null;
  #heardAt = 0;
  #opening = null;
  #waiters = [];
  state = EMPTY;

  constructor({ room, token = null, clock, onState, onComment, onTrouble, onPeople, onLink }) {
    this.#options = { room, token, onState, onComment, onTrouble, onPeople, onLink };
    this.#clock = clock;
  }

  /** Connect, and stay connected for as long as the page lives. */
  start() {
    this.#connect();
    globalThis.addEventListener?.("online", () => this.#again());
    globalThis.document?.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#again();
    });
  }

  /** Resolves once the state has taken in event `seq`, or after `withinMs` when the feed is behind. */
  reached(seq, withinMs = 5_000) {
    if (this.state.seq >= seq) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push({ seq, resolve });
      setTimeout(resolve, withinMs);
    });
  }

  #again() {
    clearTimeout(this.#retry);
    this.#connect();
  }

  /** Open a new socket. The old one stays until the new one is open, so a check of a silent line costs nothing. */
  #connect() {
    clearTimeout(this.#retry);
    const { room, token } = this.#options;
    const since = this.#known ? this.state.seq : null;
    const before = this.#socket;
    const socket = new WebSocket(feedUrl(at("ws/events"), { room, token, since }));
    this.#socket = socket;
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => this.#lost(socket), OPENING_MS);
    socket.onopen = () => {
      clearTimeout(this.#opening);
      drop(before);
      this.#listenForSilence();
      this.#options.onTrouble?.({ code: null, detail: null }); // what is still amiss is told again
      if (this.#known) this.#linkUp();
    };
    socket.onmessage = (message) => this.#take(socket, JSON.parse(message.data));
    socket.onclose = () => this.#lost(socket);
  }

  #take(socket, frame) {
    if (socket !== this.#socket) return;
    this.#listenForSilence();
    this.#tries = 0;
    if (frame.at && frame.type !== "comment") this.#clock.heard(frame.at);
    HANDLERS[frame.type]?.call(this, frame);
  }

  takeSnapshot(frame) {
    this.#known = true;
    this.#clock.ask();
    this.#become(fromSnapshot(frame), null);
    this.#linkUp();
  }

  takeEvent(frame) {
    if (frame.seq <= this.state.seq) return;
    if (!this.#known || frame.seq !== this.state.seq + 1) {
      this.#known = false;
      this.#again();
      return;
    }
    this.#become(apply(this.state, frame), frame);
  }

  takeComment(frame) {
    this.#options.onComment?.(frame);
  }

  takeTrouble(frame) {
    this.#options.onTrouble?.(frame);
  }

  takePeople() {
    this.#options.onPeople?.();
  }

  #become(state, event) {
    this.state = state;
    this.#options.onState(state, event);
    const reached = this.#waiters.filter((waiter) => waiter.seq <= state.seq);
    this.#waiters = this.#waiters.filter((waiter) => waiter.seq > state.seq);
    reached.forEach((waiter) => waiter.resolve());
  }

  /** Every frame says that the line is alive: the timer looks when the last was, instead of being set anew with each. */
  #listenForSilence() {
    this.#heardAt = performance.now();
    this.#silence ??= setTimeout(() => this.#listened(), SILENCE_MS);
  }

  #listened() {
    const left = SILENCE_MS - (performance.now() - this.#heardAt);
    this.#silence = left > 0 ? setTimeout(() => this.#listened(), left) : null;
    if (left <= 0) this.#connect();
  }

  #endListening() {
    clearTimeout(this.#silence);
    this.#silence = null;
  }

  #linkUp() {
    if (this.#up === true) return;
    this.#up = true;
    this.#options.onLink?.({ up: true, retryAt: null });
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#opening);
    this.#endListening();
    drop(socket);
    const wait = backoffMs(this.#tries);
    this.#tries += 1;
    this.#up = false;
    this.#retry = setTimeout(() => this.#connect(), wait);
    this.#options.onLink?.({ up: false, retryAt: Date.now() + wait, tries: this.#tries });
  }
}

const HANDLERS = Object.freeze({
  snapshot: Feed.prototype.takeSnapshot,
  event: Feed.prototype.takeEvent,
  comment: Feed.prototype.takeComment,
  trouble: Feed.prototype.takeTrouble,
  people: Feed.prototype.takePeople,
});

function drop(socket) {
  if (socket === null) return;
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.close(CLOSE_DONE);
}
