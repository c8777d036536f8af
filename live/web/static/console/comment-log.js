/** The latest comments of a room: those heard on the feed, and those missed, fetched over HTTP. */
import { at } from "../shared/root.js";
import { commentKey } from "../shared/state.js";

const KEPT = 300;
const A_PAGE = 500;
const PAST_KEY = "linbo-n-";

export class CommentLog {
  #room;
  #byN = new Map();
  #settled = new Map();
  #before = null;
  #begins = false;
  #session = null;

  constructor(room) {
    this.#room = room;
  }

  /** The latest comments, oldest first. */
  get latest() {
    return [...this.#byN.values()];
  }

  /** Take in a comment as it was stored; the same twice is one, and those of another session are none. */
  add(comment) {
    if (comment.session_id !== this.#session) return;
    if (this.#begins) this.#before = comment.n - 1;
    this.#begins = false;
    const outcome = this.#settled.get(commentKey(comment));
    this.#byN.set(comment.n, outcome ? { ...comment, outcome } : comment);
    if (this.#byN.size > KEPT || !this.#isNewest(comment.n)) this.#trim();
  }

  /** Note what the host has made of a comment. */
  settle(comment, outcome) {
    const key = commentKey(comment);
    this.#settled.set(key, outcome);
    for (const [n, held] of this.#byN) if (commentKey(held) === key) this.#byN.set(n, { ...held, outcome });
  }

  /** What was understood of a comment, if it is still here. */
  evidenceOf(comment) {
    return this.#byN.get(comment.n)?.evidence ?? [];
  }

  /** Another session, which has had `total` comments: forget those of the last one. */
  turnTo(session, total) {
    if (session === this.#session) return;
    this.#session = session;
    this.#byN.clear();
    this.#settled.clear();
    this.#before = null;
    this.#begins = total === 0;
  }

  /**
   * How many comments the session has had. Events bring the total along, but most comments make no event: those are
   * counted by their place in the room's order.
   */
  inSession(total) {
    return this.#before === null ? total : Math.max(total, this.#newest() - this.#before);
  }

  /** Fetch what was written since the last comment known here. `total` is how many the session has had. */
  async catchUp(total) {
    let page = await this.#firstPage(total);
    this.#addAll(page);
    while (page.comments.length === A_PAGE) {
      page = await this.#fetchPage(page.next);
      this.#addAll(page);
    }
    if (this.#byN.size > 0) this.#before ??= this.#newest() - total;
    this.#remember();
  }

  /**
   * The room has had at least as many as its session, and as many as it had when this browser last looked; those before
   * are left out at once. Nothing there means that the shop has begun with an empty data folder since.
   */
  async #firstPage(total) {
    const surely = Math.max(total - KEPT, 0);
    const after = Math.max(this.#newest(), this.#remembered() - KEPT, surely);
    const page = await this.#fetchPage(after);
    const overshot = page.comments.length === 0 && this.#byN.size === 0 && after > surely;
    return overshot ? this.#fetchPage(surely) : page;
  }

  #addAll(page) {
    page.comments.forEach((comment) => this.add(comment));
  }

  async #fetchPage(after) {
    const url = at(`api/v1/rooms/${encodeURIComponent(this.#room)}/comments?after=${after}&limit=${A_PAGE}`);
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  #newest() {
    return Math.max(0, ...this.#byN.keys());
  }

  #isNewest(n) {
    return [...this.#byN.keys()].at(-1) === n;
  }

  #trim() {
    const sorted = [...this.#byN.entries()].sort(([a], [b]) => a - b);
    this.#byN = new Map(sorted.slice(-KEPT));
  }

  #remembered() {
    return Number(localStorage.getItem(PAST_KEY + this.#room)) || 0;
  }

  #remember() {
    if (this.#byN.size > 0) localStorage.setItem(PAST_KEY + this.#room, String(this.#newest()));
  }
}
