/** The console: one feed in, one way of commands out, and the parts between them. */
import "./top-bar/top-bar.js";
import "./trouble-banner/trouble-banner.js";
import "./confirm-queue/confirm-queue.js";
import { openTickets } from "./fulfil-board/open-tickets.js";
import { CycleDesk } from "./fulfil-board/cycle-desk.js";
import { OutboundDesk, stuckTargets } from "./fulfil-board/outbound-desk.js";
import "./live-strip/live-strip.js";
import "./now-bar/now-bar.js";
import "./tab-bar/tab-bar.js";
import "./toast-line/toast-line.js";
import { ServerClock } from "../shared/clock.js";
import { afterFrame } from "../shared/dom.js";
import { Feed } from "../shared/feed.js";
import { fetchWords, languageOf, SHARED_WORDS } from "../shared/i18n/fetch.js";
import { at, rehearsalOf } from "../shared/root.js";
import { runningSession } from "../shared/select.js";
import { listen } from "./controls.js";
import { Later } from "./later.js";
import { fetchFailed, Sections, watchWidth } from "./sections.js";
import { SOON, THINGS } from "./things.js";
import { linkTrouble, nobodyTrouble, rehearsalNotice, restoredWords, serviceTrouble, sourceTroubles } from "./troubles.js";
import { CONSOLE_WORDS } from "./words/index.js";

const TICK_MS = 250;
const WARN_AFTER_MS = 3_000;
const NOTHING = Object.freeze([]);
const NO_COMMENTS = Object.freeze({
  kinds: null, latest: NOTHING, add() {}, heard() {}, turnTo() {}, putAside() {}, get: () => null, evidenceOf: () => null, inSession: (total) => total,
});

class Console {
  constructor(room, language, words) {
    this.room = room;
    this.t = words;
    this.later = new Later({ things: THINGS, language, onWords: (add) => (this.t = add(this.t)) });
    this.clock = new ServerClock();
    this.comments = NO_COMMENTS;
    this.cycles = new CycleDesk(room, () => this.draw());
    this.outbound = new OutboundDesk(() => this.draw());
    this.link = { phase: "opening", retryAt: 0 };
    this.denied = false;
    this.trouble = null;
    this.tab = "confirm";
    this.chosenView = null;
    this.followers = new Map();
    this.parts = findParts();
    this.sections = new Sections();
    this.feed = new Feed({
      room,
      clock: this.clock,
      onState: (state, event) => this.onState(state, event),
      onComment: (comment) => (this.comments.add(comment), this.draw()),
      onTrouble: (trouble) => ((this.trouble = trouble.code ? trouble : null), this.draw()),
      onLink: (link) => this.onLink(link),
    });
  }

  start() {
    document.documentElement.lang = this.t.lang;
    document.title = `${this.t.brand} ${this.t.console} · ${this.room}`;
    listen(this);
    document.addEventListener("keydown", (event) => this.later.get("keys").then(({ listenToKeys }) => listenToKeys(this, event), () => {}), { once: true });
    watchWidth(() => this.draw());
    this.feed.start();
    this.outbound.start();
    setInterval(() => this.tick(), TICK_MS);
    this.draw();
  }

  get state() {
    return this.feed.state;
  }

  onState(state, event) {
    this.turnComments(state.session);
    if (event) this.comments.heard(event);
    this.cycles.heard(event);
    if (event?.kind === "session_started") this.chosenView = null;
    if (event?.kind === "giveaway_drawn") this.sayDrawn(event.data.giveaway);
    if (event?.kind === "source_restored") this.sayRestored(event.data.source);
    this.sources = state.sources;
    if (event) this.team?.heard(event, state);
    this.draw();
  }

  /** Who has won is said where the words of the draw can be fetched; the strip shows it anyway. */
  async sayDrawn(bag) {
    const script = await this.later.get("stage-acts").catch(() => null);
    if (script) this.parts.toast.note(...script.bagWords(bag, this.t));
  }

  /** What a gap may have cost is said once, and stays until it is put away. */
  sayRestored(source) {
    const words = restoredWords(this.sources?.find(({ id }) => id === source.id), source, this.t);
    if (words) this.parts.toast.warning(words, this.t.errors.close);
  }

  onLink({ up, retryAt }) {
    const since = this.link.phase === "down" ? this.link.since : Date.now();
    this.link = up ? { phase: "up", retryAt: 0 } : { phase: "down", retryAt, since };
    if (up) this.linkUp();
    else this.checkSignIn();
    this.draw();
  }

  linkUp() {
    this.denied = false;
    this.later.get("team").then(({ teamOf }) => teamOf(this).linkUp(), () => {});
    this.fetchMissed();
    fetchFailed();
    this.later.ahead(SOON).then(() => this.keepOrderLink());
  }

  /** The code by which viewers order is wanted most when nothing can be fetched any more. */
  async keepOrderLink() {
    const script = await this.later.get("order-code").catch(() => null);
    await script?.keepOrderLink(this);
  }

  /** Comments have no numbers of the feed: those written while the line was down are fetched. */
  async fetchMissed() {
    try {
      await this.beginLog();
      await this.comments.catchUp();
    } catch {
      if (this.link.phase === "up") this.parts.toast.failure(this.t.errors.missed, this.t.errors.close);
    }
    this.draw();
  }

  /** The first paint needs no log of the comments: what is heard before it is here, it catches up with. */
  async beginLog() {
    const { CommentLog } = await this.later.get("comment-log");
    if (this.comments.kinds) return;
    this.comments = new CommentLog(this.room, () => this.draw());
    this.turnComments(this.state.session);
  }

  turnComments(session) {
    this.comments.turnTo(session?.id ?? null);
    this.comments.putAside(session?.set_aside ?? NOTHING);
  }

  /** A refused socket does not say why; a plain request does. */
  async checkSignIn() {
    const url = at(`api/v1/rooms/${encodeURIComponent(this.room)}/comments?after=0&limit=1`);
    const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    if (answer?.status === 410 && rehearsalOf) location.assign(at(`../../console/${rehearsalOf}`));
    this.denied = answer !== null && [401, 403].includes(answer.status);
    this.draw();
  }

  /** Call `show` with every change and tick for as long as a part is on the page. */
  follow(part, show) {
    this.followers.set(part, show);
  }

  showFollowers() {
    for (const [part, show] of this.followers) {
      if (part.isConnected) show();
      else this.followers.delete(part);
    }
  }

  showTab(tab) {
    this.tab = tab;
    this.draw();
  }

  /** Show what has changed, once a frame. */
  draw() {
    this.stale = true;
    this.drawSoon();
  }

  drawSoon() {
    if (this.drawing) return;
    this.drawing = true;
    afterFrame(() => {
      this.drawing = false;
      this.drawSome(performance.now());
    });
  }

  drawSome(began) {
    if (this.stale) this.drawAround();
    this.stale = false;
    this.sections.showSome(this, began);
    if (this.sections.waiting) this.drawSoon();
  }

  /** All that stands around the sections, which are marked to be shown. */
  drawAround() {
    const { parts, state, t, clock, link } = this;
    const view = this.view();
    const desk = view === "live" || view === "over";
    Object.assign(document.body.dataset, { tab: this.tab, view, desk: String(desk) });
    const totals = { ...state.totals, comments: this.comments.inSession(state.totals.comments) };
    const troubles = this.troubles();
    const risk = troubles.some(({ mild }) => !mild);
    parts.topBar.show({ session: desk ? state.session : null, totals, link, risk, clock, t });
    parts.trouble.show({ troubles, t, brief: true });
    this.sections.mark(this);
    this.showFollowers();
    if (!desk) return;
    parts.live.show({ state, clock, t });
    parts.now.show({ state, clock, t });
    parts.tabs.show({ tab: this.tab, badges: this.badges(), t });
  }

  /** What waits for somebody, by tab. */
  badges() {
    const { state, cycles, outbound, clock } = this;
    const owed = openTickets(state, cycles.cycles).filter((ticket) => ticket.state === "open").length;
    const asked = state.questions.filter((question) => question.state === "open").length;
    return { confirm: state.confirmations.length, questions: asked, fulfil: owed + stuckTargets(outbound.told, clock).length };
  }

  /**
   * What fills the page: "opening", the desk while "live" or when it is "over", or the form of the next evening, "off".
   * Until the cut-off there is still work to do on an evening that is over; whoever taps on, goes on.
   */
  view() {
    const { session, seq } = this.state;
    if (runningSession(this.state)) return "live";
    if (!session) return this.link.phase === "opening" && seq === 0 ? "opening" : "off";
    return this.chosenView ?? (this.clock.until(session.cycle.cutoff_at) > 0 ? "over" : "off");
  }

  /** Turn to the last evening ("over") or to the next one ("off"). */
  turnTo(view) {
    this.chosenView = view;
    this.draw();
  }

  troubles() {
    const lasting = this.link.phase === "down" && Date.now() - this.link.since > WARN_AFTER_MS;
    const link = this.denied || lasting ? [linkTrouble(this.denied, this.t)] : [];
    const service = this.trouble ? [serviceTrouble(this.trouble, this.t)] : [];
    const now = this.clock.now();
    const all = [...rehearsalNotice(this.t), ...link, ...service, ...sourceTroubles(this.state, now, this.t), ...nobodyTrouble(this.state, now, this.t)];
    return all.sort((a, b) => rankOf(a) - rankOf(b));
  }

  tick() {
    this.parts.topBar.tick();
    this.parts.live.tick();
    this.parts.now.tick();
    this.showFollowers();
    this.parts.comments.tick?.();
    this.parts.questions.tick?.();
    this.parts.offers.tick?.();
    this.parts.trouble.show({ troubles: this.troubles(), t: this.t, brief: true });
    if (this.link.phase === "down") this.draw();
  }
}

/** What must be seen before all else comes first, what costs no order last. */
function rankOf({ first = false, mild = false }) {
  return first ? 0 : 1 + Boolean(mild);
}

function findParts() {
  const part = (name) => document.querySelector(`lb-${name}`);
  return {
    topBar: part("top-bar"),
    trouble: part("trouble-banner"),
    startForm: part("start-form"),
    comments: part("comment-stream"),
    questions: part("question-desk"),
    offers: part("offer-board"),
    live: part("live-strip"),
    now: part("now-bar"),
    tabs: part("tab-bar"),
    toast: part("toast-line"),
  };
}

const room = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1));
const language = languageOf(location.search);
new Console(room, language, await fetchWords(language, SHARED_WORDS, CONSOLE_WORDS)).start();
