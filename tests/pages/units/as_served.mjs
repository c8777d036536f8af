/** Imports a module of the overlay as the service serves it: there `static` lies beside `overlay-static`, on the disk it does not. */
import { register } from "node:module";

const HOOK = `
const SHARED = new URL("../../../live/web/static/", ${JSON.stringify(import.meta.url)}).href;
const OVERLAY = new URL("../../../overlays/static/", ${JSON.stringify(import.meta.url)}).href;
export function resolve(specifier, context, next) {
  const served = context.parentURL?.startsWith(OVERLAY) ? /^(?:\\.\\.\\/)+static\\/(.*)$/u.exec(specifier) : null;
  return next(served ? SHARED + served[1] : specifier, context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOK)}`);

export function asServed(path) {
  return import(new URL(`../../../overlays/static/${path}`, import.meta.url).href);
}
