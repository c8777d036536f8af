/** The counter: one list in, taps out, and the parts between them. */
import "../console/toast-line/toast-line.js";
import "../console/trouble-banner/trouble-banner.js";
import "./counter-head/counter-head.js";
import "./find-bar/find-bar.js";
import "./hand-bar/hand-bar.js";
import "./list-tabs/list-tabs.js";
import "./person-card/person-card.js";
import "./person-list/person-list.js";
import "./undo-bar/undo-bar.js";
import { linkTrouble, serviceTrouble } from "../console/troubles.js";
import { ServerClock } from "../shared/clock.js";
import { setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { at } from "../shared/root.js";
import { listen } from "./acts.js";
import { CounterFeed } from "./feeds.js";
import { Handed } from "./handed.js";
import { nameOf } from "./lines.js";
import { arrivals, counts, FETCHABLE, onList, pointNames } from "./lists.js";
import { shortMoment } from "./moments.js";
import { Picking } from "./picking.js";
import { canScan } from "./scan.js";
import { find, isMeantSurely, readQuery } from "./search.js";
import { Taps } from "./taps.js";
import { chooseCounterWords } from "./words/index.js";

const TICK_MS = 500;
const WARN_AFTER_MS = 3_000;
const POINT_KEY = "linbo-pickup-point";
const NEWS = Object.freeze({ collected: "collected", no_show: "missed", ready: "back" });

class Counter {
  #customers = null;

  constructor(room, words) {
    this.room = room;
    this.t = words;
    this.clock = new ServerClock();
    this.link = { phase: "opening", retryAt: 0 };
    this.links = new Map();
    this.denied = false;
    this.trouble = null;
    this.text = "";
    this.list = "ready";
    this.point = localStorage.getItem(POINT_KEY);
    this.picking = null;
    this.lookedUp = null;
    this.handed = new Handed();
    this.canScan = "no";
    this.shown = null;
    this.parts = findParts();
    this.feed = new CounterFeed(room, {
      clock: this.clock,
      onDesk: () => this.refresh(),
      onEvent: (_room, event) => (this.tellNews(event), this.refresh()),
      onTrouble: (trouble) => ((this.trouble = trouble.code ? trouble : null), this.draw()),
      onLink: (link) => this.onLink(link),
    });
    this.taps = new Taps({
      words: words.errors,
      called: this.t.pickup.title,
      reached: (where, seq) => this.feed.reached(where, seq),
      onChange: () => this.draw(),
      onSent: (handed) => handed && this.handed.note({ ...handed, at: this.clock.now() }),
    });
  }

  async start() {
    document.documentElement.lang = this.t.lang;
    document.title = `${this.t.brand} ${this.t.pickup.title} · ${this.room}`;
    listen(this);
    this.feed.start();
    setInterval(() => this.tick(), TICK_MS);
    this.draw();
    this.canScan = await canScan();
    this.draw();
  }

  get desk() {
    return this.feed.desk;
  }

  /** The point that the lists are of; null for all, also where the one that was chosen is none of these. */
  get shownPoint() {
    const points = this.desk ? pointNames(this.desk) : [];
    return points.length > 1 && points.includes(this.point) ? this.point : null;
  }

  /** The person whose goods are shown, also after they were joined with another. */
  get open() {
    const key = this.picking?.key;
    return key ? (this.customers.find((customer) => customer.keys.includes(key)) ?? null) : null;
  }

  /** Everybody with goods here: grouped when somebody asks, once for all that has changed by then. */
  get customers() {
    this.#customers ??= this.#group();
    return this.#customers;
  }

  /** The goods have changed. */
  refresh() {
    this.#customers = null;
    this.draw();
  }

  /** Group the goods anew, and forget taps that have become pointless. */
  #group() {
    const customers = this.desk?.customers() ?? [];
    const waiting = new Set(customers.flatMap(({ reservations }) => reservations).filter(({ state }) => FETCHABLE.includes(state)).map(({ id }) => id));
    this.taps.prune((tap) => tap.ids.some((id) => waiting.has(id)));
    return customers;
  }

  show(customer) {
    this.picking = customer ? new Picking(customer) : null;
    if (!customer) this.feed.forget();
    this.draw();
  }

  /** Somebody is looked for. One who is meant without doubt is shown at once. */
  lookFor(text, done) {
    this.text = text;
    const query = readQuery(text);
    const found = find(this.customers, query);
    const [only] = found;
    if (query.name !== "" && found.length === 1 && (done || isMeantSurely(only, query))) this.openNow(only);
    else this.picking = null;
    if (found.length === 0 && query.code !== null) this.lookUp(query.code);
    this.draw();
  }

  openNow(customer) {
    this.show(customer);
    this.parts.toast.clear();
    document.activeElement?.blur(); // the keyboard covers the goods
  }

  /** A code that is not here may be of long ago. */
  async lookUp(code) {
    this.lookedUp = { code, state: "asking" };
    const answered = await this.feed.lookUp(code);
    this.lookedUp = { code, state: answered ? "answered" : "failed" };
    const [only] = find(this.customers, readQuery(code));
    if (only && readQuery(this.text).code === code) this.openNow(only);
    this.draw();
  }

  choosePoint(point) {
    this.point = point;
    if (point === null) localStorage.removeItem(POINT_KEY);
    else localStorage.setItem(POINT_KEY, point);
    this.draw();
  }

  onLink({ up, retryAt, room }) {
    this.links.set(room, { up, retryAt });
    const down = [...this.links.values()].find((link) => !link.up);
    const since = this.link.phase === "down" ? this.link.since : Date.now();
    this.link = down ? { phase: "down", retryAt: down.retryAt, since } : { phase: "up", retryAt: 0 };
    if (down) this.checkSignIn();
    else this.denied = false;
    this.draw();
  }

  /** A refused socket does not say why; a plain request does. */
  async checkSignIn() {
    const answer = await fetch(at(`api/v1/rooms/${encodeURIComponent(this.room)}/comments?after=0&limit=1`), { credentials: "same-origin" }).catch(() => null);
    this.denied = answer !== null && [401, 403].includes(answer.status);
    this.draw();
  }

  /** What another phone has just done to the person who is shown here. */
  tellNews({ data }) {
    const { reservation } = data.earlier ?? data;
    const before = reservation && this.shown?.reservations.find(({ id }) => id === reservation.id);
    if (!before || before.state === reservation.state || this.taps.isOurs(reservation.id)) return;
    const news = NEWS[reservation.state];
    if (!news || (news === "back" && before.state !== "collected")) return;
    const offer = nameOf(reservation, this.desk.offer(reservation));
    this.parts.toast.note(fill(this.t.pickup.elsewhere[news], { name: this.shown.name, offer }));
  }

  /** Show what has changed, once a frame. */
  draw() {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.drawNow();
    });
  }

  drawNow() {
    const { parts, desk, t, taps, picking, open } = this;
    const points = desk ? pointNames(desk) : [];
    const point = this.shownPoint;
    const now = this.clock.now();
    this.shown = open;
    document.body.dataset.open = String(open !== null);
    parts.head.show({ link: this.link, points, point, t });
    parts.trouble.show({ troubles: this.troubles(), t: this.t });
    parts.find.show({ canScan: this.canScan, t });
    setText(parts.nobody, t.pickup.empty.nobody);
    parts.list.show(this.listed(point));
    if (open) parts.card.show({ customer: open, desk, picking, taps, point, now, t });
    if (open) parts.hand.show({ customer: open, desk, picking, taps, t });
    parts.tabs.show({ list: this.text.trim() === "" ? this.list : null, counts: desk ? counts(this.customers, { desk, point }) : {}, t });
    parts.undo.show({ handed: this.handed.last(now), now, t });
  }

  listed(point) {
    const { desk, list, t, customers } = this;
    const found = this.text.trim() !== "";
    const people = !desk ? [] : found ? find(customers, readQuery(this.text)) : onList(customers, list, { desk, point });
    const due = desk && !found && list === "coming" ? arrivals(customers, { desk, point }) : [];
    return { people, found, list, arrivals: due, openId: this.open?.id ?? null, point, desk, empty: this.emptyWords(found), t };
  }

  emptyWords(found) {
    const { empty, find: words } = this.t.pickup;
    if (!this.desk) return { what: empty.opening, next: empty.openingNext };
    if (!found) return this.openWords() ?? { what: empty[this.list], next: empty[`${this.list}Next`] };
    const { code } = readQuery(this.text);
    if (code === null) return { what: fill(words.none, { text: this.text.trim() }), next: words.noneNext };
    if (this.lookedUp?.code === code && this.lookedUp.state === "asking") return { what: words.asking, next: "" };
    if (this.lookedUp?.code === code && this.lookedUp.state === "failed") return { what: words.notAsked, next: words.notAskedNext };
    return { what: fill(words.noCode, { text: code }), next: words.noCodeNext };
  }

  /** Where goods are only just being ordered, nothing can have come: say when that ends. */
  openWords() {
    if (this.list !== "ready" && this.list !== "coming") return null;
    const waiting = this.customers.flatMap((customer) => customer.reservations).filter(({ state }) => state === "reserved");
    if (waiting.length === 0) return null;
    const { empty } = this.t.pickup;
    const [cutoff] = [...new Set(waiting.map((each) => this.desk.session(each.session_id).cycle.cutoff_at))].sort();
    const people = new Set(waiting.map(({ viewer }) => viewer.key)).size;
    return { what: empty.open, next: fill(empty.openNext, { n: people, at: shortMoment(cutoff, this.t.lang) }) };
  }

  troubles() {
    const lasting = this.link.phase === "down" && Date.now() - this.link.since > WARN_AFTER_MS;
    const link = this.denied || lasting ? [linkTrouble(this.denied, this.t)] : [];
    const service = this.trouble ? [serviceTrouble(this.trouble, this.t)] : [];
    return [...link, ...service];
  }

  /** Only what changes with time: the minute of the undo, the seconds until the next try. */
  tick() {
    if (this.link.phase === "down" || this.open || this.handed.last(this.clock.now()) || !this.parts.undo.hidden) this.draw();
  }
}

function findParts() {
  const part = (name) => document.querySelector(`lb-${name}`);
  return {
    head: part("counter-head"),
    trouble: part("trouble-banner"),
    find: part("find-bar"),
    nobody: document.querySelector(".nobody"),
    list: part("person-list"),
    card: part("person-card"),
    toast: part("toast-line"),
    undo: part("undo-bar"),
    hand: part("hand-bar"),
    tabs: part("list-tabs"),
  };
}

const room = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1));
new Counter(room, await chooseCounterWords(location.search)).start();
