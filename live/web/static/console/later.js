/**
 * What is fetched when it is first wanted: a script, its style and its words. What has failed is asked for again with the
 * next wish; nothing is fetched twice.
 */
import { lay } from "../shared/i18n/fetch.js";

export class Later {
  #things;
  #language;
  #onWords;
  #fetched = new Map();
  #whole = new Set();

  /**
   * `things`: by name `{script: () => import(…), styles: [addresses], words: {"zh-CN": () => import(…), en: …}}`.
   * `onWords(add)`: words have come; `add(words)` gives those that are known with the new ones beside them.
   */
  constructor({ things, language, onWords }) {
    this.#things = things;
    this.#language = language;
    this.#onWords = onWords;
  }

  /** The script of a thing, with its style in place and its words said. Rejects while it cannot be fetched. */
  get(name) {
    if (!this.#fetched.has(name)) this.#fetched.set(name, this.#fetch(name));
    return this.#fetched.get(name);
  }

  /** Whether all of a thing is there: a script alone, without its style and words, is no thing to show. */
  has(name) {
    return this.#whole.has(name) || !(name in this.#things);
  }

  /** Fetch one after the other while nobody waits, so that a tap finds it there; the first failure ends it. */
  async ahead(names) {
    for (const name of names) {
      await untilIdle();
      if (await this.get(name).then(() => false, () => true)) return;
    }
  }

  async #fetch(name) {
    const { script, styles = [], words } = this.#things[name];
    try {
      const [module, said] = await Promise.all([script(), words?.[this.#language](), ...styles.map(addStyle)]);
      if (said) this.#onWords((known) => lay(known, said.words));
      this.#whole.add(name);
      return module;
    } catch (error) {
      this.#fetched.delete(name);
      throw error;
    }
  }
}

/** Resolves when the page has this style: an address in our folder, put in once. */
function addStyle(address) {
  const href = new URL(address, import.meta.url).href;
  const known = [...document.querySelectorAll("link[rel='stylesheet']")].find((link) => link.href === href);
  if (known) return known.coming ?? Promise.resolve();
  const link = document.createElement("link");
  link.coming = new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => (link.remove(), reject(new TypeError(href))));
  });
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return link.coming;
}

function untilIdle() {
  return new Promise((resolve) => (globalThis.requestIdleCallback ? requestIdleCallback(resolve) : setTimeout(resolve, 200)));
}
