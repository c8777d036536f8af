/**
 * Keeps the list of a phone up to date. The page is made on the server: it is loaded anew when another one is there, so a
 * service that is away for a minute leaves the last list standing, with a line that says so.
 */
const main = document.querySelector("main");
const stale = document.querySelector(".stale");
const MS = 1_000;

async function look() {
  if (document.hidden) return;
  const page = await fetch(location.href, { cache: "no-store" }).then((answer) => (answer.ok ? answer.text() : null), () => null);
  stale.hidden = page !== null;
  if (page !== null && !page.includes(`data-version="${main.dataset.version}"`)) location.reload();
}

setInterval(look, Number(main.dataset.renew) * MS);
document.addEventListener("visibilitychange", look);
window.addEventListener("online", look);
