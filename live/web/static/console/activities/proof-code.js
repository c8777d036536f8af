/** The QR code of the page on which anybody checks a draw. */
import { h } from "../../shared/dom.js";
import { at } from "../../shared/root.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { qr } from "../../viewer/qr.js";

/** Open the sheet with the code, the link, and who can open it. */
export async function showProofCode({ room, bag, t }) {
  const url = at(`overlay/${encodeURIComponent(room)}/draws/${encodeURIComponent(bag.id)}`);
  const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  const code = answer?.ok ? await answer.json().catch(() => null) : null;
  openSheet({
    title: t.act.proofTitle,
    body: code === null ? [h("p", { role: "alert" }, t.act.proofFailed)] : bodyOf(code, t),
    buttons: (close) => [h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back)],
  });
}

function bodyOf({ url, reach, note, qr: rows }, t) {
  return [
    h("p", {}, t.act.proofHow),
    h("p", { class: "order-reach", "data-reach": reach }, note),
    h("div", { class: "order-code" }, qr(rows, t.act.proofTitle)),
    h("p", { class: "order-link" }, h("a", { href: url, target: "_blank", rel: "noopener" }, url)),
  ];
}
