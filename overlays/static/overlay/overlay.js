/** What is on the picture: one feed in, the layers that the address asks for. */
import "../offer-card/offer-card.js";
import "../order-code/order-code.js";
import "../prompt-card/prompt-card.js";
import "../reservation-ticker/reservation-ticker.js";
import { ServerClock } from "../../static/shared/clock.js";
import { Feed } from "../../static/shared/feed.js";
import { chooseWords } from "../../static/shared/i18n/index.js";
import { readAddress } from "./address.js";

const TICK_MS = 200;
const PARTS = Object.freeze({
  prompt: "lb-prompt-card",
  ticker: "lb-reservation-ticker",
  offer: "lb-offer-card",
  code: "lb-order-code",
});

/** The picture is for viewers: Chinese unless the address says otherwise, whatever the language of the PC. */
const t = chooseWords(location.search);

function start({ room, token, layers, background }) {
  if (background) {
    document.documentElement.style.backgroundColor = background;
    document.documentElement.dataset.opaque = "";
  }
  const clock = new ServerClock();
  const parts = layers.map((layer) => document.createElement(PARTS[layer]));
  document.querySelector(".safe").append(...parts);
  const feed = new Feed({
    room,
    token,
    clock,
    onState: (state, event) => parts.forEach((part) => part.show({ state, event, clock, t, ask: { room, token } })),
  });
  setInterval(() => parts.forEach((part) => part.tick?.()), TICK_MS);
  feed.start();
}

start(readAddress(location.href));
