/** What the address of an overlay asks for. Pure. */

const LAYERS = Object.freeze(["offer", "ticker", "prompt", "code"]);
const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/iu;

/**
 * Read `/overlay/{room}?token=…&layers=offer,ticker&bg=00ff00`.
 * No known layer among `layers` means all of them; a `bg` that is no colour means none.
 */
export function readAddress(href) {
  const url = new URL(href);
  const asked = (url.searchParams.get("layers") ?? "").split(",").map((layer) => layer.trim());
  const layers = LAYERS.filter((layer) => asked.includes(layer));
  const colour = HEX.exec((url.searchParams.get("bg") ?? "").trim());
  return {
    room: decodeURIComponent(url.pathname.split("/").filter(Boolean).at(-1)),
    token: url.searchParams.get("token"),
    layers: layers.length > 0 ? layers : [...LAYERS],
    background: colour ? `#${colour[1]}` : null,
  };
}
