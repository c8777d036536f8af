/** Makes a photograph of the phone small enough for the picture, keeps it at the service, and gives its name. */
import { problem, Refused } from "../../shared/commands.js";
import { at } from "../../shared/root.js";

const LONGEST_PX = 800;
const QUALITY = 0.85;

/** Keep a file's picture; its name is what an offer's `picture` takes. Throws `Refused`. */
export async function keepPicture(file, t) {
  const body = await smaller(file, t.offers.noPicture);
  const answer = await fetch(at("api/v1/pictures"), { method: "POST", credentials: "same-origin", body }).catch(() => null);
  if (answer === null) throw new Refused(t.errors.unreachable);
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told.picture;
  throw new Refused(problem(answer.status, told, t.errors));
}

async function smaller(file, cannot) {
  const drawn = await createImageBitmap(file).catch(() => null);
  if (drawn === null) throw new Refused({ ...cannot, code: "no_picture" });
  const scale = Math.min(1, LONGEST_PX / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
