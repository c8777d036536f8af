/** The public page of a draw: asks, shows, and asks again as long as something can still change. */
import { ServerClock } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { withOffset } from "../shared/format.js";
import { at } from "../shared/root.js";
import { note, readNoted } from "./noted.js";
import { View } from "./view.js";
import { chooseDrawWords } from "./words/index.js";

const ASK_MS = Object.freeze({ open: 5_000, closed: 1_000, drawn: 60_000 });
const SOON_MS = 1_000;
const AGAIN_MS = 8_000;
const ANSWER_WITHIN_MS = 10_000;
const GONE = 404;

const t = chooseDrawWords(location.search);
const id = location.pathname.split("/").at(-1);
const main = document.querySelector("main");
const stale = document.querySelector(".stale");
const clock = new ServerClock();
const view = new View(main, {
  t,
  links: { file: at(`draw/${id}.html`), json: at(`draw/${id}.json`) },
  noted: () => readNoted(id),
  anchor: () => location.hash.slice(1),
});
let timer = null;
let told = null;

document.documentElement.lang = t.lang;
document.title = t.title;
stale.textContent = t.stale;

/** `{status, told}`; nulls where no answer comes. A browser that has the newest already is told so in a few bytes. */
async function ask() {
  const limit = new AbortController();
  const late = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(at(`api/v1/draws/${id}`), { cache: "no-cache", signal: limit.signal });
    clock.heard(answer.headers.get("Date") ?? "");
    return { status: answer.status, news: answer.ok ? await answer.json() : null };
  } catch {
    return { status: null, news: null }; // the network failed or took too long: it is asked again
  } finally {
    clearTimeout(late);
  }
}

async function follow() {
  clearTimeout(timer);
  const { status, news } = await ask();
  if (status === GONE && told === null) {
    showGone();
    return;
  }
  stale.hidden = news !== null || told === null;
  if (news !== null) take(news);
  timer = setTimeout(() => !document.hidden && follow(), news === null ? AGAIN_MS : untilNext(news));
}

function take(news) {
  told = news;
  note(id, told, withOffset(new Date(clock.now())));
  document.title = `${t.title} · ${told.title}`;
  view.show(told);
  view.tick(clock.now());
}

/** When something may be new: soon after the closing, and else every few seconds, not everybody at once. */
function untilNext({ state, closes_at: closesAt }) {
  const rest = Date.parse(closesAt) - clock.now();
  const usual = ASK_MS[state] * (0.8 + 0.4 * Math.random());
  return state === "open" && rest < usual ? Math.max(rest, 0) + SOON_MS * Math.random() + SOON_MS / 2 : usual;
}

function showGone() {
  main.removeAttribute("aria-busy");
  main.replaceChildren(h("h1", {}, t.gone.title), h("p", {}, t.gone.why), h("p", {}, t.gone.todo));
}

setInterval(() => !document.hidden && view.tick(clock.now()), SOON_MS);
document.addEventListener("visibilitychange", () => !document.hidden && follow());
addEventListener("online", follow);
follow();
