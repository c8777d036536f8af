/** The way out when comments do not arrive: the QR code of the page on which viewers order by themselves. */
import { h } from "../../shared/dom.js";
import { orderLink } from "../../shared/links.js";
import { openSheet } from "../../shared/sheet/sheet.js";
import { qr } from "../../viewer/qr.js";

/** Ask for the link while the service can be reached: it is wanted most when it cannot. Kept with the desk. */
export async function keepOrderLink(desk) {
  const link = await orderLink(desk.room);
  if (link) desk.orderLink = link;
  return link;
}

/** Open the sheet with the code, the link, and who can open it; the last known one when the service does not answer. */
export async function showOrderCode(desk) {
  const { t } = desk;
  const fresh = await keepOrderLink(desk);
  const link = fresh ?? desk.orderLink ?? null;
  const doubt = fresh || !link ? null : h("p", { class: "order-reach" }, t.orderCode.old);
  openSheet({
    title: t.orderCode.title,
    body: link === null ? [h("p", { role: "alert" }, t.orderCode.failed)] : [doubt, ...bodyOf(link, t)].filter(Boolean),
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
