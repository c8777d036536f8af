/**
 * Sounds of the picture, for those who ask for them (`?sound=1`): made here, tone by tone, no files. OBS mixes them as the
 * sound of the browser source. One sound at a time of a kind, however fast things happen.
 */
import { bagOn, flashOn } from "./on.js";
import { isHot } from "./time.js";

const LOUD = 0.16;
const OLD_MS = 5_000;
const APART_MS = Object.freeze({ order: 1_200, tick: 900, roll: 4_000 });
const APART_OTHERWISE_MS = 500;

/** Each tone: `[hertz, begins after s, lasts s]`. */
const TUNES = Object.freeze({
  order: [[1_320, 0, 0.09], [1_760, 0.07, 0.14]],
  tick: [[990, 0, 0.06]],
  start: [[523, 0, 0.16], [659, 0.13, 0.16], [784, 0.26, 0.4]],
  out: [[392, 0, 0.22], [262, 0.2, 0.45]],
  open: [[784, 0, 0.14], [988, 0.12, 0.3]],
  drawn: [[523, 0, 0.18], [659, 0.12, 0.18], [784, 0.24, 0.18], [1_047, 0.36, 0.7]],
  roll: Object.freeze(Array.from({ length: 40 }, (_, i) => [92 + (i % 2) * 8, i * 0.1, 0.07])),
});

const TUNE_OF = Object.freeze({
  reservation_made: "order",
  flash_sale_started: "start",
  flash_sale_ended: "out",
  offer_sold_out: "out",
  giveaway_opened: "open",
  giveaway_closed: "roll",
  giveaway_drawn: "drawn",
  poll_opened: "open",
  prompt_opened: "open",
});

export class Sounds {
  #context = new AudioContext();
  #playedAt = new Map();

  /** Hear what has just happened, and the last seconds of what runs. */
  hear(view, events) {
    for (const { kind, at } of events) {
      const tune = TUNE_OF[kind];
      if (tune && view.clock.since(at) < OLD_MS) this.#play(tune);
    }
    if (isLastSecond(view)) this.#play("tick");
  }

  #play(tune) {
    const now = performance.now();
    if (now - (this.#playedAt.get(tune) ?? -Infinity) < (APART_MS[tune] ?? APART_OTHERWISE_MS)) return;
    this.#playedAt.set(tune, now);
    this.#context.resume();
    for (const tone of TUNES[tune]) this.#tone(...tone);
  }

  #tone(hertz, after, length) {
    const begin = this.#context.currentTime + after;
    const [oscillator, gain] = [this.#context.createOscillator(), this.#context.createGain()];
    oscillator.type = hertz < 200 ? "triangle" : "sine";
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(LOUD, begin + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0001, begin + length);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + length);
  }
}

function isLastSecond({ state, now }) {
  const sale = flashOn(state, now);
  const bag = bagOn(state, now);
  const ends = [sale?.state === "running" ? sale.ends_at : sale?.state === "announced" ? sale.starts_at : null, bag?.state === "open" ? bag.closes_at : null];
  return ends.some((at) => at !== null && isHot(Date.parse(at) - now));
}
