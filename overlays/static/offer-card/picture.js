/** The address of an offer's picture: one that the service has named, or one that stands in its address; else null. */
import { at } from "../../static/shared/root.js";

const NAME = /^[0-9a-f]{32}\.(?:jpg|png|webp)$/u;
const WHOLE = /^data:image\/(?:png|jpeg|webp);base64,/u;

export function pictureAddress(picture) {
  if (typeof picture !== "string") return null;
  if (NAME.test(picture)) return at(`pictures/${picture}`);
  return WHOLE.test(picture) ? picture : null;
}
