/** What the address of an overlay asks for. Pure. */

export const LAYERS = Object.freeze(["offer", "ticker", "flash", "bag", "poll", "prompt", "question", "bubble", "fallback"]);
export const LOOKS = Object.freeze(["red", "green", "mono"]);
const OLD_NAMES = Object.freeze({ code: "fallback" });
const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/iu;

/**
 * Read `/overlay/{room}?token=…&layers=offer,ticker&theme=green&bg=00ff00&sound=1&debug=1`.
 * No known layer among `layers` means all of them; a `bg` that is no colour means none; `look` is null where the address
 * asks for none that there is.
 */
export function readAddress(href) {
  const url = new URL(href);
  const query = url.searchParams;
  const asked = (query.get("layers") ?? "").split(",").map((name) => OLD_NAMES[name.trim()] ?? name.trim());
  const layers = LAYERS.filter((layer) => asked.includes(layer));
  const colour = HEX.exec((query.get("bg") ?? "").trim());
  return {
    room: decodeURIComponent(url.pathname.split("/").filter(Boolean).at(-1)),
    token: query.get("token"),
    layers: layers.length > 0 ? layers : [...LAYERS],
    look: LOOKS.find((look) => look === query.get("theme")) ?? null,
    background: colour ? `#${colour[1]}` : null,
    sound: isOn(query.get("sound")),
    debug: isOn(query.get("debug")),
  };
}

function isOn(value) {
  return value !== null && !["0", "false", "off"].includes(value.toLowerCase());
}
