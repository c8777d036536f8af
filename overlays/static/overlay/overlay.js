/** What is on the picture: one feed in, the layers that the address asks for. */
import "../bag-card/bag-card.js";
import "../flash-card/flash-card.js";
import "../offer-card/offer-card.js";
import "../order-code/order-code.js";
import "../poll-card/poll-card.js";
import "../prompt-card/prompt-card.js";
import "../reservation-ticker/reservation-ticker.js";
import "../said-card/said-card.js";
import { ServerClock } from "../../static/shared/clock.js";
import { h, setAttribute } from "../../static/shared/dom.js";
import { Feed } from "../../static/shared/feed.js";
import { at } from "../../static/shared/root.js";
import { EMPTY } from "../../static/shared/state.js";
import { readAddress } from "./address.js";
import { Notice } from "./notice.js";
import { Sounds } from "./sounds.js";
import { Stage } from "./stage.js";
import { chooseWords } from "./words/index.js";

const TICK_MS = 200;
const MOST_EVENTS = 200;
const PARTS = Object.freeze({
  offer: "lb-offer-card",
  ticker: "lb-reservation-ticker",
  flash: "lb-flash-card",
  bag: "lb-bag-card",
  poll: "lb-poll-card",
  prompt: "lb-prompt-card",
  question: "lb-question-card",
  bubble: "lb-bubble-card",
  fallback: "lb-order-code",
});

/** State comes as fast as it will; the picture is drawn once a frame, and five times a second for its clocks. */
class Picture {
  #events = [];
  #state = EMPTY;
  #asked = false;

  constructor({ page, parts, sounds }) {
    this.page = page;
    this.ticker = parts.get("ticker") ?? null;
    this.stage = new Stage(new Map([...parts].filter(([layer]) => layer !== "ticker")));
    this.clock = new ServerClock();
    this.sounds = sounds;
    this.t = chooseWords(location.search);
  }

  /** Take in the room's state; `event` is null after a snapshot. */
  take(state, event) {
    this.#state = state;
    if (event) this.#events = [...this.#events.slice(1 - MOST_EVENTS), event];
    this.ask();
  }

  ask() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.#asked = false;
    const events = this.#events;
    this.#events = [];
    const view = { state: this.#state, now: this.clock.now(), clock: this.clock, t: this.t, page: this.page };
    this.stage.show(view);
    this.ticker?.show(view, events);
    this.sounds?.hear(view, events);
    if (this.stage.waitMs > 0) setTimeout(() => this.ask(), this.stage.waitMs);
  }
}

function start({ room, token, layers, look, background, sound, debug }) {
  const root = document.documentElement;
  if (look) root.dataset.look = look;
  if (background) {
    root.style.backgroundColor = background;
    setAttribute(root, "data-opaque", true);
  }
  if ("own" in root.dataset) document.head.append(h("link", { rel: "stylesheet", href: at("overlay-static/own/style.css") }));
  const parts = new Map(layers.map((layer) => [layer, document.createElement(PARTS[layer])]));
  document.querySelector(".safe").append(...parts.values());
  const picture = new Picture({ page: { room, token, layers }, parts, sounds: sound ? new Sounds() : null });
  const notice = new Notice({ t: picture.t, debug });
  const feed = new Feed({
    room,
    token,
    clock: picture.clock,
    onState: (state, event) => picture.take(state, event),
    onLink: (link) => notice.link(link),
  });
  setInterval(() => picture.ask(), TICK_MS);
  feed.start();
}

start(readAddress(location.href));
