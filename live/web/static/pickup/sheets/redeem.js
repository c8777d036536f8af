/** Green points in exchange for something of the shop's. */
import "../../shared/stepper/stepper.js";
import { h, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { openSheet } from "../../shared/sheet/sheet.js";

const QUICK = Object.freeze([1, 5, 10, 20]);

/** Ask how many points; `onDone(points)`. */
export function askRedeem({ customer, t, onDone }) {
  const words = t.pickup.redeem;
  const most = customer.points;
  let points = most;
  const done = h("button", { type: "button", class: "button order wide" });
  const stepper = document.createElement("lb-stepper");
  stepper.addEventListener("lb-change", (event) => {
    points = event.detail;
    done.disabled = points < 1 || points > most;
    setText(done, fill(words.do, { n: points }));
  });
  stepper.show({ value: points, picks: [...new Set([...QUICK.filter((n) => n < most), most])], words: { label: words.label, fewer: t.pick.fewer, more: t.pick.more } });
  openSheet({
    title: fill(words.title, { name: customer.name, n: most }),
    body: [h("p", {}, words.body), stepper],
    buttons: (close) => {
      done.addEventListener("click", () => (close(), onDone(points)));
      return [h("button", { type: "button", class: "button plain", on: { click: close } }, t.pick.back), done];
    },
  });
}
