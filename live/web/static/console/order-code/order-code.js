/** The way out when comments do not arrive: the QR code of the page on which viewers order by themselves. */
import { h } from "../../shared/dom.js";
import { orderLink } from "../../shared/links.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { qr } from "../../viewer/qr.js";

/** Open the sheet with the code, the link, and who can open it. */
export async function showOrderCode({ room, t }) {
  const link = await orderLink(room);
  openSheet({
    title: t.orderCode.title,
    body: link === null ? [h("p", { role: "alert" }, t.orderCode.failed)] : bodyOf(link, t),
    buttons: (close) => [h("button", { type: "button", class: "button primary", on: { click: close } }, t.pick.back)],
  });
}

function bodyOf(link, t) {
  return [
    h("p", {}, t.orderCode.how),
    h("div", { class: "order-code" }, qr(link.qr, t.orderCode.title)),
    h("p", { class: "order-link" }, h("a", { href: link.url, target: "_blank", rel: "noopener" }, link.url)),
    h("p", { class: "order-reach", "data-reach": link.reach }, link.note),
  ];
}
