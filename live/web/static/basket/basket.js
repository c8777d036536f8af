/** The page of a pickup code: what its owner has, as the service last told it, and what they may do about it. */
import "./about-card.js";
import "../viewer/code-form.js";
import { post } from "../shared/commands.js";
import { h, keyed, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/viewers.js";
import { at } from "../shared/root.js";
import { typed } from "../viewer/code.js";
import { begin, withLanguage } from "../viewer/page.js";
import { asRefusal, refusalBox, showRefusal } from "../viewer/refusal.js";
import { toFetch } from "./part.js";
import { openCancel, openChange, openJoin, openPoint, openTail } from "./sheets.js";

const SAID_MS = 2_500;
const main = document.querySelector("main");
const code = typed(decodeURIComponent(location.pathname.split("/").at(-1)));
const api = `api/v1/baskets/${code || "-"}`;

let basket = null;

const { t, clock, live } = begin({
  url: at(api),
  socket: at(`ws/baskets/${code || "-"}`),
  onFrame: (frame) => take(frame.basket),
  onTick: () => basket && main.querySelectorAll("lb-part").forEach((node, i) => node.tick({ part: basket.parts[i], clock, t })),
  onGone: () => showNobody(t.code.unknown, [t.code.unknownWhy, t.code.unknownTodo]),
});

const parts = h("div", { class: "parts" });
const about = h("lb-about-card");
const refusal = refusalBox();
const said = h("p", { class: "said", role: "status" });
const shopLink = h("a", { class: "button plain" }, t.basket.again);
const joinButton = h("button", { type: "button", class: "button plain", on: { click: () => openJoin({ join: sendJoin, t }) } }, t.join.ask);
const title = h("h1", {}, t.basket.title);
document.title = t.basket.title;

function take(told) {
  if (told === undefined || told === null) return;
  basket = told;
  show();
}

function show() {
  if (!parts.isConnected) main.replaceChildren(title, refusal, parts, about, h("div", { class: "more" }, shopLink, joinButton), said);
  main.removeAttribute("aria-busy");
  const [own] = basket.parts;
  setText(title, fill(t.basket.of, { name: own.name }));
  keyed(parts, basket.parts, (part) => part.code, make, (node, part) => {
    node.shown = part;
    node.qrRows = basket.qr;
    node.show({ part, whole: part.code === basket.code, clock, t });
  });
  about.show({ part: own, points: basket.points, fetches: toFetch(own), t });
  shopLink.href = withLanguage(`../shop/${own.session.room}`);
}

/** A part of the page, with what its taps mean. */
function make(part) {
  const node = h("lb-part", { "data-code": part.code });
  const send = (body) => sendChange(node.shown, body);
  node.addEventListener("lb-change", (event) => event.detail?.offer_id && openChange({ line: event.detail, send, t }));
  node.addEventListener("lb-cancel", ({ detail: line }) => openCancel({ line, send, t }));
  node.addEventListener("lb-point", () => openPoint({ part: node.shown, send, t }));
  node.addEventListener("lb-again", () => live.ask());
  return node;
}

about.addEventListener("lb-tail", () => openTail({ part: basket.parts[0], send: (body) => sendChange(basket.parts[0], body), t }));
about.addEventListener("lb-bag", async ({ detail: on }) => {
  about.bag.setAttribute("aria-checked", String(on));
  showRefusal(refusal, null);
  try {
    await sendChange(basket.parts[0], { type: "set_basket", own_bag: on });
  } catch (error) {
    showRefusal(refusal, asRefusal(error, t.errors));
    show();
  }
});

async function sendChange(part, body) {
  const answer = await post(`${api}/changes`, { ...body, part: part.code }, t.errors);
  live.take({ type: "answer", ...answer });
  say(t.saved);
}

async function sendJoin({ code: other, phone_tail }) {
  const answer = await post(`${api}/joins`, { code: typed(other) || "-", phone_tail }, t.errors);
  live.take({ type: "answer", ...answer });
  say(t.join.done);
}

let silence = null;

function say(words) {
  setText(said, words);
  clearTimeout(silence);
  silence = setTimeout(() => setText(said, ""), SAID_MS);
}

/** A code of nobody, or none yet: what to do about it, and a field for another try. */
function showNobody(heading, lines) {
  const form = h("lb-code-form");
  form.show({ t, root: "./", label: t.code.label });
  main.removeAttribute("aria-busy");
  main.replaceChildren(h("h1", {}, heading), ...lines.map((line) => h("p", {}, line)), form);
}

if (code === "") showNobody(t.code.title, []);
else live.start();
