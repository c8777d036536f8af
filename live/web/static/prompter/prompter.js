/** The teleprompter: one feed in, taps out, the section that is spoken, and one card at a time. */
import "../console/toast-line/toast-line.js";
import "../console/trouble-banner/trouble-banner.js";
import "./cue-card.js";
import "./pace-bar.js";
import "./prompter-bar.js";
import "./script-text.js";
import { linkTrouble, serviceTrouble } from "../console/troubles.js";
import { ServerClock } from "../shared/clock.js";
import { Feed } from "../shared/feed.js";
import { languageOf } from "../shared/i18n/fetch.js";
import { at } from "../shared/root.js";
import { runningSession } from "../shared/select.js";
import { listen } from "./acts.js";
import { QUIET, turn } from "./cues.js";
import { device, fresh, keepDevice, keepPlace, placeIn } from "./memory.js";
import { paceOf, paceOfAll, turnTo } from "./pace.js";
import { follow, placeOf, sectionsOf } from "./sections.js";
import { keepAwake } from "./wake.js";
import { choosePrompterWords } from "./words/index.js";

const TICK_MS = 250;
const WARN_AFTER_MS = 3_000;
const CLOCK_WITHIN_MS = 1_500;
const AUDIO = "audio";

class Prompter {
  constructor(room, language, words) {
    Object.assign(this, { room, language, t: words });
    this.clock = new ServerClock();
    this.link = { phase: "opening" };
    this.denied = false;
    this.trouble = null;
    this.memory = fresh();
    this.cards = QUIET;
    this.device = device();
    this.parts = findParts();
    this.feed = new Feed({
      room,
      clock: this.clock,
      onState: (state, event) => this.onState(state, event),
      onTrouble: (trouble) => this.onTrouble(trouble),
      onLink: (link) => this.onLink(link),
    });
  }

  async start() {
    document.documentElement.lang = this.t.lang;
    document.title = `${this.t.brand} ${this.t.prompter.title} · ${this.room}`;
    listen(this);
    this.awake = keepAwake();
    this.showDevice();
    setInterval(() => this.draw(), TICK_MS);
    this.draw();
    await Promise.race([this.clock.ask(), new Promise((resolve) => setTimeout(resolve, CLOCK_WITHIN_MS))]);
    this.feed.start(); // not before: minutes are counted from what is seen first, by the service's clock
  }

  get state() {
    return this.feed.state;
  }

  get sections() {
    return sectionsOf(this.state);
  }

  get section() {
    return this.sections[this.memory.at] ?? null;
  }

  onState(state, event) {
    const session = runningSession(state)?.id ?? null;
    if (session !== this.memory.session) this.memory = { ...placeIn(session), audio: this.memory.audio };
    this.settle(event?.at ? Date.parse(event.at) : this.clock.now());
    this.draw();
  }

  /** After any change: stand where we stood, or where the offer that was just pinned is told of. */
  settle(now) {
    const sections = this.sections;
    const pinned = runningSession(this.state)?.pinned_offer_id ?? null;
    const turned = pinned !== this.memory.pinned;
    const place = placeOf(sections, this.memory.id, this.memory.at);
    if (turned) this.memory = { ...this.memory, pinned, pinned_at: now };
    this.stand(turned ? follow(sections, place, pinned) : place, now);
  }

  /** Stand at a place of the script; the clock of what was spoken before is stopped. */
  stand(place, now = this.clock.now()) {
    const section = this.sections[place];
    this.memory = { ...(section ? turnTo(this.memory, section.id, now) : this.memory), at: place };
    keepPlace(this.memory);
    this.draw();
  }

  move(by) {
    const place = this.memory.at + by;
    if (place >= 0 && place < this.sections.length) this.stand(place);
  }

  /** The price has been said: the clock of the card starts anew. */
  priced() {
    this.memory = { ...this.memory, priced_at: this.clock.now() };
    keepPlace(this.memory);
    this.draw();
  }

  onTrouble({ code, detail }) {
    this.memory = { ...this.memory, audio: code === AUDIO ? detail : null };
    this.trouble = code && code !== AUDIO ? { code, detail } : null;
    this.draw();
  }

  onLink({ up }) {
    const since = this.link.phase === "down" ? this.link.since : Date.now();
    this.link = up ? { phase: "up" } : { phase: "down", since };
    if (up) this.denied = false;
    else this.checkSignIn();
    this.draw();
  }

  /** A refused socket does not say why; a plain request does. */
  async checkSignIn() {
    const url = at(`api/v1/rooms/${encodeURIComponent(this.room)}/comments?after=0&limit=1`);
    const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    this.denied = answer !== null && [401, 403].includes(answer.status);
    this.draw();
  }

  change(device) {
    this.device = { ...this.device, ...device };
    keepDevice(this.device);
    this.showDevice();
    this.draw();
  }

  showDevice() {
    const { dataset } = document.body;
    dataset.mirror = this.device.mirror;
    if (this.device.size === null) delete dataset.size;
    else dataset.size = this.device.size;
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
    const { parts, state, sections, section, memory, t } = this;
    const now = this.clock.now();
    const { desk, cue } = turn(this.cards, { state, now, memory, off: this.device.off });
    this.cards = desk;
    const here = section && paceOf(section, memory, now);
    const whole = section && paceOfAll(sections, memory.at, memory, now);
    parts.pace.show({ link: this.link, here, whole, at: memory.at, of: sections.length, t });
    parts.text.show({ section, next: sections[memory.at + 1] ?? null, empty: this.empty(), state, t });
    parts.card.show({ cue, t });
    parts.bar.show({ section, state, now, t });
    parts.trouble.show({ troubles: this.troubles(), t });
  }

  empty() {
    const { prompter: words } = this.t;
    if (this.state.seq === 0 && this.link.phase === "opening") return { what: words.opening, next: "", write: false };
    if (!runningSession(this.state)) return { what: words.off, next: words.offNext, write: false };
    return { what: words.none, next: words.noneNext, write: true };
  }

  troubles() {
    const lasting = this.link.phase === "down" && Date.now() - this.link.since > WARN_AFTER_MS;
    const link = this.denied || lasting ? [linkTrouble(this.denied, this.t)] : [];
    const told = [...link, ...(this.trouble ? [serviceTrouble(this.trouble, this.t)] : [])];
    return told.map((trouble) => ({ ...trouble, acts: [] })); // the ways out are the console's
  }
}

function findParts() {
  const part = (name) => document.querySelector(`lb-${name}`);
  return {
    pace: part("pace-bar"),
    text: part("script-text"),
    card: part("cue-card"),
    bar: part("prompter-bar"),
    trouble: part("trouble-banner"),
    toast: part("toast-line"),
  };
}

const room = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1));
new Prompter(room, languageOf(location.search), await choosePrompterWords(location.search)).start();
