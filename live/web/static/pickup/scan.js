/**
 * A QR code by the camera, where the browser can read one: it needs a `BarcodeDetector` that knows QR, and for the camera
 * a page over https. Nothing is promised where it cannot.
 */
import { h, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/i18n/fill.js";
import { openSheet } from "../shared/sheet/sheet.js";

const LOOK_EVERY_MS = 150;
const FORMAT = "qr_code";

/** Whether this browser reads QR codes: "yes", "plain" (the page came over http) or "no". */
export async function canScan() {
  if (!globalThis.isSecureContext) return "plain";
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  return formats?.includes(FORMAT) ? "yes" : "no";
}

/** Open the camera until a code is seen; `onFound(text)`. */
export function openScanner({ t, onFound }) {
  const words = t.pickup.scan;
  const detector = new BarcodeDetector({ formats: [FORMAT] });
  const video = h("video", { playsinline: true, muted: true });
  const view = h("div", { class: "scan-view" }, video);
  const note = h("p", { role: "status" }, words.body);
  const photo = h("input", { type: "file", accept: "image/*", capture: "environment", class: "only-read" });
  const camera = new Camera(video);
  const found = (text) => (close(), navigator.vibrate?.(40), onFound(text));
  const close = openSheet({
    title: words.title,
    body: [view, note, h("label", { class: "button plain" }, words.photo, photo)],
    buttons: (shut) => [h("button", { type: "button", class: "button plain wide", on: { click: shut } }, words.close)],
  });
  video.closest("dialog").addEventListener("close", () => camera.stop());
  photo.addEventListener("change", async () => {
    const text = photo.files[0] ? await readPhoto(detector, photo.files[0]) : null;
    if (text) found(text);
    else setText(note, words.notFound);
  });
  watch(camera, detector, found).catch((error) => {
    setAttribute(view, "hidden", true);
    setText(note, `${fill(words.denied, { why: error.message })}\n${words.deniedTodo}`);
  });
}

class Camera {
  #video;
  #stream = null;
  on = true;

  constructor(video) {
    this.#video = video;
  }

  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (!this.on) return stopAll(stream); // the sheet was closed while the browser asked
    this.#stream = stream;
    this.#video.srcObject = stream;
    await this.#video.play();
  }

  stop() {
    this.on = false;
    if (this.#stream) stopAll(this.#stream);
  }

  get picture() {
    return this.#video;
  }
}

async function watch(camera, detector, found) {
  await camera.start();
  while (camera.on) {
    const [code] = await detector.detect(camera.picture).catch(() => []); // a frame that is not there yet
    if (code && camera.on) return found(code.rawValue);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function readPhoto(detector, file) {
  const picture = await createImageBitmap(file).catch(() => null);
  const [code] = picture ? await detector.detect(picture).catch(() => []) : [];
  return code?.rawValue ?? null;
}

function stopAll(stream) {
  for (const track of stream.getTracks()) track.stop();
}
