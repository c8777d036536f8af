/** A few words for building DOM without ever reading HTML from data. */

/**
 * Make an element: `h("button", {class: "primary", "aria-label": "关", on: {click: close}}, "关")`.
 * Strings among the children become text nodes; nullish children are left out.
 */
export function h(tag, { on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  for (const [kind, listener] of Object.entries(on)) node.addEventListener(kind, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Set, or with null, undefined and false remove, an attribute; nothing happens when it is so already. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== (value === true ? "" : String(value)))
    node.setAttribute(name, value === true ? "" : value);
}

/** Write text only when it differs, so that a screen reader and the layout are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Make the children of `parent` those of `items`, in order: one child a key, made once by `create(item)`, then changed by
 * `update(child, item)` alone.
 */
export function keyed(parent, items, keyOf, create, update) {
  const held = (parent.keyedChildren ??= new Map());
  const wanted = new Set(items.map(keyOf));
  for (const [key, child] of held) {
    if (wanted.has(key)) continue;
    child.remove();
    held.delete(key);
  }
  let before = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = held.get(key);
    if (!child) held.set(key, (child = inList(parent, create(item))));
    if (child === before) before = before.nextElementSibling;
    else parent.insertBefore(child, before);
    update(child, item);
  }
}

/** A list is read out as one when each of its children is an item. */
function inList(parent, child) {
  if (["ol", "ul"].includes(parent.localName) && child.localName !== "li") child.setAttribute("role", "listitem");
  return child;
}

/** Run `act` right after the next frame. What it lays out the frame after paints: two tasks, with room for a tap, instead of a long one. */
export function afterFrame(act) {
  requestAnimationFrame(() => setTimeout(act));
}

/** A custom element whose fixed DOM is built once and then changed only by `update`. */
export class Part extends HTMLElement {
  #built = false;

  connectedCallback() {
    this.#once();
  }

  /** Show a value: builds the fixed DOM if it is not there yet, then calls `update`. */
  show(...values) {
    this.#once();
    this.update(...values);
  }

  #once() {
    if (this.#built) return;
    this.#built = true;
    this.build();
  }

  /** Tell the page around this part something; `detail` is for its listener. */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  build() {}

  update() {}
}
