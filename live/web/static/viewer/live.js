/**
 * Keeps a customer's page up to date: asks once, then listens; asks again every now and then where listening fails.
 *
 * What comes is always whole, so nothing can be missed: after a break the page is simply told everything anew.
 */
import { backoffMs } from "../shared/backoff.js";

const SILENCE_MS = 70_000;
const ASK_EVERY_MS = 15_000;
const OPENING_MS = 8_000;
const ANSWER_WITHIN_MS = 10_000;
const GONE = 404;
const PATIENT = 5;
const SLOWER = 4;

/** What each kind of frame tells of; an answer may tell of all. */
const TELLS = Object.freeze({ answer: ["shop", "mine", "basket"], offers: ["shop"] });

/** Remembers when each thing was last told, and leaves out of a frame what is older than that. Pure but for its memory. */
export class Newest {
  #told = {};

  /** The frame without what is known better; null when nothing is left. */
  sift(frame) {
    const now = Date.parse(frame.now);
    const stale = this.#parts(frame).filter((part) => now < (this.#told[part] ?? -Infinity));
    const fresh = this.#parts(frame).filter((part) => !stale.includes(part));
    if (stale.length > 0 && fresh.length === 0) return null;
    for (const part of fresh) this.#told[part] = now;
    return Object.fromEntries(Object.entries(frame).filter(([name]) => !stale.includes(name)));
  }

  #parts(frame) {
    return (TELLS[frame.type] ?? [frame.type]).filter((part) => part in frame || frame.type in frame);
  }
}

/** The address of a WebSocket beside one of ours. */
export function socketUrl(url) {
  const socket = new URL(url);
  socket.protocol = socket.protocol === "https:" ? "wss:" : "ws:";
  return socket.href;
}

/** Ask once: the status, and the body of a good answer; nulls where none comes. */
async function ask(url) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(url, { cache: "no-store", credentials: "same-origin", signal: limit.signal });
    return { status: answer.status, body: answer.ok ? await answer.json() : null };
  } catch {
    return { status: null, body: null }; // the network failed or took too long: it is asked again
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `onFrame(frame)`: something has come, `{type, now, …}`; an answer to a question has the type "answer".
 * `onLink(up)`: what is shown is fresh, or it is not. `onGone(status)`: there is nothing to show here.
 */
export class Live {
  #options;
  #socket = null;
  #tries = 0;
  #timers = {};
  #asking = false;
  #ended = false;
  #newest = new Newest();

  constructor({ url, socket, onFrame, onLink, onGone }) {
    this.#options = { url, socket: socketUrl(socket), onFrame, onLink, onGone };
  }

  /** Ask and listen, for as long as the page lives. */
  start() {
    this.ask().finally(() => this.#listen());
    globalThis.addEventListener("online", () => this.#again());
    globalThis.addEventListener("pageshow", (event) => event.persisted && this.#again());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#again());
  }

  /** Ask for everything now. */
  async ask() {
    if (this.#asking || this.#ended) return;
    this.#asking = true;
    const { status, body } = await ask(this.#options.url);
    this.#asking = false;
    if (status === GONE) this.#end(status);
    else if (body === null) this.#askLater();
    else this.take({ type: "answer", ...body });
    if (body === null && !this.#ended && !this.#hears()) this.#options.onLink(false);
  }

  #hears() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Take in what has come, by whatever way: an answer that was long on its way does not undo what came since. */
  take(frame) {
    this.#options.onLink(true);
    const sifted = this.#newest.sift(frame);
    if (sifted !== null) this.#options.onFrame(sifted);
  }

  #again() {
    if (this.#ended) return;
    this.ask();
    if (!this.#hears()) this.#listen();
  }

  #listen() {
    if (this.#ended) return;
    clearTimeout(this.#timers.retry);
    this.#drop();
    const socket = (this.#socket = new WebSocket(this.#options.socket));
    this.#set("opening", OPENING_MS, () => this.#lost(socket));
    socket.onopen = () => {
      clearTimeout(this.#timers.opening);
      this.#tries = 0;
      this.#set("silence", SILENCE_MS, () => this.#lost(socket));
    };
    socket.onmessage = (message) => {
      clearTimeout(this.#timers.ask);
      this.#set("silence", SILENCE_MS, () => this.#lost(socket));
      this.take(JSON.parse(message.data));
    };
    socket.onclose = () => this.#lost(socket);
  }

  /** The line is gone: it is tried again, and until it is there the page asks. */
  #lost(socket) {
    if (socket !== this.#socket || this.#ended) return;
    this.#drop();
    this.#set("retry", backoffMs(this.#tries) * (this.#tries < PATIENT ? 1 : SLOWER), () => this.#listen());
    this.#tries += 1;
    if (this.#tries === 2) this.ask();
    this.#askLater();
  }

  #askLater() {
    this.#set("ask", ASK_EVERY_MS, () => {
      if (document.hidden || this.#hears()) return;
      this.ask();
      this.#askLater();
    });
  }

  #drop() {
    clearTimeout(this.#timers.opening);
    clearTimeout(this.#timers.silence);
    if (this.#socket === null) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #end(status) {
    this.#ended = true;
    this.#drop();
    Object.values(this.#timers).forEach(clearTimeout);
    this.#options.onGone?.(status);
  }

  #set(name, ms, what) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(what, ms);
  }
}
