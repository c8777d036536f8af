/** Where viewers order when comments do not arrive: `{url, reach, note, qr}`, asked of the service. */
import { at } from "./root.js";

/** Resolves to null when the service cannot be asked now. `token` is an overlay's; the console has its cookie. */
export async function orderLink(room, token = null) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const url = at(`api/v1/rooms/${encodeURIComponent(room)}/links`);
  const answer = await fetch(url, { headers, credentials: "same-origin", cache: "no-store" }).catch(() => null);
  return answer?.ok ? (await answer.json()).shop : null;
}
