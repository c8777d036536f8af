/** Keep the screen on while the page is seen. Browsers allow it on https and on this machine alone. */

/** Gives `{on}`: whether the screen is held on now. */
export function keepAwake() {
  const awake = { on: false };
  const ask = async () => {
    if (document.hidden || !navigator.wakeLock) return;
    const lock = await navigator.wakeLock.request("screen").catch(() => null); // refused at a low battery: asked again when seen
    awake.on = lock !== null;
    lock?.addEventListener("release", () => (awake.on = false));
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return awake;
}
