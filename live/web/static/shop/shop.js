/** The shop's list with its order form: what is shown is what the service last told, and a cart of this browser's own. */
import "./cart-bar.js";
import "./mine-card.js";
import "./offer-list.js";
import "../viewer/code-form.js";
import { at } from "../shared/root.js";
import { begin } from "../viewer/page.js";
import { pruned, summary } from "./cart.js";
import { takesOrders } from "./head.js";
import { recallCart, rememberCart } from "./memory.js";
import { openOrder } from "./order-sheet.js";

const room = decodeURIComponent(location.pathname.split("/").at(-1));
const find = (name) => document.querySelector(name);
const parts = {
  head: find("lb-shop-head"),
  main: find("main"),
  mine: find("lb-mine-card"),
  list: find("lb-offer-list"),
  code: find("lb-code-form"),
  bar: find("lb-cart-bar"),
};

/** `undefined` until the service has spoken, null where there is nothing. */
let shop;
let mine = null;
let cart = {};

const TAKES = Object.freeze({
  answer: (frame) => {
    if (frame.mine !== undefined) mine = frame.mine;
    if (frame.shop !== undefined) takeShop(frame.shop);
  },
  shop: (frame) => takeShop(frame.shop),
  offers: (frame) => takeOffers(frame.offers),
  mine: (frame) => (mine = frame.mine),
});

const { t, clock, live } = begin({
  url: at(`api/v1/shops/${encodeURIComponent(room)}`),
  socket: at(`ws/shops/${encodeURIComponent(room)}`),
  onFrame: (frame) => {
    TAKES[frame.type]?.(frame);
    if (shop !== undefined) show();
  },
  onTick: tick,
});

function takeShop(told) {
  if (told !== null && told.session.id !== shop?.session.id) cart = recallCart(told.session.id);
  shop = told;
}

function takeOffers(offers) {
  if (!shop) return;
  const news = new Map(offers.map((offer) => [offer.id, offer]));
  const kept = shop.offers.map((offer) => news.get(offer.id) ?? offer);
  const added = offers.filter((offer) => shop.offers.every(({ id }) => id !== offer.id));
  shop = { ...shop, offers: [...kept, ...added] };
}

/** What this browser has of the list that is shown; what it had of the evening before is on its own page. */
function ours() {
  return mine !== null && mine.session.id === shop?.session.id ? mine : null;
}

function show() {
  const open = shop !== null && takesOrders(shop, clock);
  parts.main.removeAttribute("aria-busy");
  parts.head.show(shop, clock, t);
  parts.list.hidden = shop === null;
  if (shop !== null) {
    cart = open ? pruned(shop, ours(), cart) : {};
    parts.list.show({ shop, mine: ours(), cart, open, t });
  }
  parts.mine.hidden = ours() === null;
  if (ours() !== null) parts.mine.show(ours(), open, t);
  parts.code.hidden = ours() !== null;
  parts.code.show({ t, root: "../r/" });
  showBar(open);
}

function showBar(open) {
  parts.bar.hidden = !open || shop.offers.length === 0;
  if (!parts.bar.hidden) parts.bar.show(summary(shop, cart), t);
}

let wasOpen = null;

function tick() {
  if (!shop) return;
  parts.head.tick(shop, clock, t);
  const open = takesOrders(shop, clock);
  if (wasOpen !== null && wasOpen !== open) show();
  wasOpen = open;
}

parts.list.addEventListener("lb-take", ({ detail: { key, extra } }) => {
  cart = { ...cart, [key]: extra };
  rememberCart(shop.session.id, cart);
  show();
});

parts.bar.addEventListener("lb-order", () => {
  openOrder({
    shop,
    mine: ours(),
    cart,
    t,
    onDone: (answer) => {
      cart = {};
      rememberCart(shop.session.id, cart);
      live.take({ type: "answer", ...answer });
      show();
    },
    onRefused: () => live.ask(),
  });
});

live.start();
