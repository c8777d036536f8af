/** What the customers' pages have in common: words, the service's clock, and a line that says when news does not come. */
import { ServerClock } from "../shared/clock.js";
import { chooseViewersWords } from "../shared/i18n/viewers.js";
import { Live } from "./live.js";

const TICK_MS = 1_000;

/**
 * Begin a page: `{t, clock, live}`. `onFrame(frame)` for whatever comes, `onTick()` every second while the page is seen.
 */
export function begin({ url, socket, onFrame, onTick, onGone }) {
  const t = chooseViewersWords(location.search);
  const clock = new ServerClock();
  const stale = document.querySelector(".stale");
  stale.textContent = t.link.stale;
  document.documentElement.lang = t.lang;
  const live = new Live({
    url,
    socket,
    onFrame: (frame) => {
      clock.heard(frame.now);
      onFrame(frame);
    },
    onLink: (up) => (stale.hidden = up),
    onGone,
  });
  setInterval(() => !document.hidden && onTick(), TICK_MS);
  document.addEventListener("visibilitychange", () => !document.hidden && onTick());
  return { t, clock, live };
}

/** Keep `?lang=` on links from page to page. */
export function withLanguage(url) {
  const lang = new URLSearchParams(location.search).get("lang");
  return lang === null ? url : `${url}?lang=${encodeURIComponent(lang)}`;
}
