/** Who uses this device: kept in the browser, said with every command. */
const KEY = "linbo-who";
const LONGEST = 20;

/** `{role: "host"|"helper", name}`, or null where nobody has said. */
export function whoIs(store = globalThis.localStorage) {
  try {
    return JSON.parse(store.getItem(KEY));
  } catch {
    return null;
  }
}

/** Keep who it is; gives back what was kept. */
export function keepWho({ role, name }, store = globalThis.localStorage) {
  const who = { role, name: [...name.trim()].slice(0, LONGEST).join("") };
  store.setItem(KEY, JSON.stringify(who));
  return who;
}

/** The name that the others see: 小李, or 主播 and 助理 without one. */
export function calledName(who) {
  return who?.name || (who?.role === "helper" ? "助理" : "主播");
}
