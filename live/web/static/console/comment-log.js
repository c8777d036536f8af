/**
 * The comments of a session: what each is (`kinds`) for all of them, and the words of those that are looked at, by the page,
 * fetched when they are wanted and forgotten when they are not.
 */
import { at } from "../shared/root.js";
import { CommentKinds } from "./comment-kinds.js";

const PAGE = 100;
const MOST_PAGES = 8;
const AGAIN_MS = 3_000;
const WAITING = "needs_confirmation";
const OUTCOMES = Object.freeze({ comment_accepted: "accepted", comment_dismissed: "dismissed", comment_reopened: WAITING });

export class CommentLog {
  #room;
  #onCome;
  #pages = new Map();
  #asked = new Map();
  #changes = new Map();
  #aside = [];
  #session = null;

  kinds = new CommentKinds();

  /** `onCome()`: words that were wanted have come. */
  constructor(room, onCome = () => {}) {
    this.#room = room;
    this.#onCome = onCome;
  }

  /** The newest comments that are here, oldest first. */
  get latest() {
    const newest = pageOf(this.kinds.last);
    return [newest - 1, newest].flatMap((page) => [...(this.#pages.get(page)?.values() ?? [])]).sort((a, b) => a.n - b.n);
  }

  /** The session's `n`-th comment of the room, or null while it is fetched. */
  get(n) {
    const comment = this.#pages.get(pageOf(n))?.get(n) ?? null;
    if (comment === null) this.#want(pageOf(n));
    else this.#touch(pageOf(n));
    return comment;
  }

  /** Take in a comment as it was stored; the same twice is one, and those of another session are none. */
  add(comment) {
    if (comment.session_id !== this.#session) return;
    const now = { ...comment, hidden: this.#aside.includes(asideKey(comment)), ...this.#changes.get(comment.n) };
    this.kinds.note(now);
    this.#touch(pageOf(comment.n)).set(comment.n, now);
    if (this.#pages.size > MOST_PAGES) this.#pages.delete(this.#pages.keys().next().value);
  }

  /** Take in an event: what the host, here or elsewhere, has made of a comment. */
  heard({ kind, data }) {
    const outcome = OUTCOMES[kind];
    if (!outcome || !data.comment) return;
    this.#changes.set(data.comment.n, { outcome });
    this.#put(data.comment.n, { outcome });
  }

  /** The comments that are out of sight now, as the session has them. One that is not here is asked for by its place. */
  putAside(keys) {
    if (keys === this.#aside) return;
    const [before, now] = [new Set(this.#aside), new Set(keys)];
    const changed = new Set([...keys.filter((key) => !before.has(key)), ...this.#aside.filter((key) => !now.has(key))]);
    this.#aside = keys;
    for (const comment of this.#here(changed)) {
      this.#put(comment.n, { hidden: now.has(asideKey(comment)) });
      changed.delete(asideKey(comment));
    }
    if (changed.size > 0 && this.kinds.size > 0) this.catchUp().then(this.#onCome, () => {}); // else with the line
  }

  #here(keys) {
    if (keys.size === 0) return [];
    return [...this.#pages.values()].flatMap((page) => [...page.values()]).filter((comment) => keys.has(asideKey(comment)));
  }

  /** What was understood of a comment; null while it is not here. */
  evidenceOf({ n }) {
    return this.get(n)?.evidence ?? null;
  }

  /** Another session: forget the comments of the last one. */
  turnTo(session) {
    if (session === this.#session) return;
    this.#session = session;
    this.#pages.clear();
    this.#asked.clear();
    this.#changes.clear();
    this.#aside = [];
    this.kinds.clear();
  }

  /** How many comments the session has had. `total`: as of the last event; most comments make none. */
  inSession(total) {
    return Math.max(total, this.kinds.size);
  }

  /** Learn what the session's comments are, after the line was down. */
  async catchUp() {
    const session = this.#session;
    if (session === null) return;
    const told = await this.#fetch("/kinds");
    if (session !== this.#session || told.session_id !== session) return;
    this.kinds.begin(told);
    for (const [n, change] of this.#changes) this.#mark(n, change);
    for (const { n } of this.#here(new Set(this.#aside))) this.kinds.hide(n, true);
    if (this.kinds.last > 0) this.get(this.kinds.last);
  }

  #put(n, change) {
    const held = this.#pages.get(pageOf(n));
    if (held?.has(n)) held.set(n, { ...held.get(n), ...change });
    this.#mark(n, change);
  }

  #mark(n, { outcome, hidden }) {
    if (outcome) this.kinds.settle(n, outcome === WAITING);
    if (hidden !== undefined) this.kinds.hide(n, hidden);
  }

  /** The page, as the one used last. */
  #touch(page) {
    const held = this.#pages.get(page) ?? new Map();
    this.#pages.delete(page);
    this.#pages.set(page, held);
    return held;
  }

  async #want(page) {
    if (Date.now() < (this.#asked.get(page) ?? 0)) return;
    this.#asked.set(page, Infinity);
    const found = await this.#fetch(`?after=${page * PAGE}&limit=${PAGE}`).catch(() => null);
    this.#asked.set(page, Date.now() + AGAIN_MS);
    if (found === null) return;
    found.comments.forEach((comment) => this.add(comment));
    this.#onCome();
  }

  async #fetch(what) {
    const answer = await fetch(at(`api/v1/rooms/${encodeURIComponent(this.#room)}/comments${what}`), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
}

function asideKey({ platform, id }) {
  return `${platform}/${id}`;
}

function pageOf(n) {
  return Math.floor((n - 1) / PAGE);
}
