/** Looks at a page as somebody who hears it, or has a keyboard alone: gives a list of faults in words. */
() => {
  const INTERACTIVE = "button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=radio], [role=checkbox], [role=switch], [role=tab]";
  const PARENT = { radio: "radiogroup", tab: "tablist", option: "listbox", menuitem: "menu", row: "table, [role=grid]" };
  const STATE = { radio: "aria-checked", checkbox: "aria-checked", switch: "aria-checked", tab: "aria-selected" };
  const TRUTHS = { "aria-checked": ["true", "false", "mixed"], "aria-expanded": ["true", "false"], "aria-pressed": ["true", "false", "mixed"],
    "aria-selected": ["true", "false"], "aria-busy": ["true", "false"], "aria-hidden": ["true", "false"], "aria-live": ["off", "polite", "assertive"],
    "aria-current": ["page", "step", "location", "date", "time", "true", "false"] };

  const faults = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const said = (node) => `<${node.localName} class="${node.getAttribute("class") ?? ""}"> ${node.textContent.trim().slice(0, 24)}`;
  const fault = (what, node) => faults.push(`${what}: ${said(node)}`);
  const plain = (text) => text.replace(/[\s\p{P}\p{S}]+/gu, "").toLowerCase();
  const byIds = (ids) => ids.split(/\s+/u).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");

  const nameOf = (node) => {
    const given = node.getAttribute("aria-label") ?? (node.hasAttribute("aria-labelledby") ? byIds(node.getAttribute("aria-labelledby")) : null);
    return (given ?? node.labels?.[0]?.textContent ?? (node.textContent || node.getAttribute("alt") || node.title || "")).trim();
  };

  /** The first words that are seen of a control: who speaks to the page says these. */
  const firstSeen = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() && parent.checkVisibility() && !parent.closest("[aria-hidden=true], .only-read")) return walker.currentNode.data;
    }
    return "";
  };

  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`two have the id ${id}`);
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for"])
    for (const node of document.querySelectorAll(`[${name}]`))
      for (const id of node.getAttribute(name).split(/\s+/u)) if (!document.getElementById(id)) fault(`${name} names ${id}, which is not there`, node);
  for (const [name, allowed] of Object.entries(TRUTHS))
    for (const node of document.querySelectorAll(`[${name}]`))
      if (!allowed.includes(node.getAttribute(name))) fault(`${name} is ${node.getAttribute(name)}`, node);

  for (const node of document.querySelectorAll(INTERACTIVE)) {
    if (!shown(node.closest("label") ?? node)) continue;
    if (!nameOf(node)) fault("no name", node);
    if (node.parentElement.closest(INTERACTIVE)) fault("one control in another", node);
    if (node.closest("[aria-hidden=true]")) fault("hidden from readers, but in the order of focus", node);
    const seen = plain(firstSeen(node));
    if (node.hasAttribute("aria-label") && /\p{L}{2}/u.test(seen) && !plain(nameOf(node)).includes(seen)) fault(`is called “${nameOf(node)}”, but reads`, node);
  }
  for (const node of document.querySelectorAll("[role]")) {
    const role = node.getAttribute("role");
    if (PARENT[role] && !node.parentElement.closest(`[role=${PARENT[role]}], ${PARENT[role]}`)) fault(`a ${role} without its ${PARENT[role]}`, node);
    if (STATE[role] && shown(node) && node.localName !== "input" && !node.hasAttribute(STATE[role])) fault(`a ${role} without ${STATE[role]}`, node);
    if (["radiogroup", "group", "img", "region"].includes(role) && shown(node) && !nameOf(node)) fault(`a ${role} without a name`, node);
  }
  for (const node of document.querySelectorAll("dialog[open], nav, [role=dialog]"))
    if (shown(node) && !(node.getAttribute("aria-label") || node.getAttribute("aria-labelledby"))) fault("no name", node);
  for (const node of document.querySelectorAll("img"))
    if (!node.hasAttribute("alt")) fault("a picture without words", node);
  for (const node of document.querySelectorAll("svg"))
    if (shown(node) && node.getAttribute("aria-hidden") !== "true" && !(node.getAttribute("role") === "img" && nameOf(node))) fault("a drawing that is neither hidden nor named", node);
  for (const node of document.querySelectorAll("h1, h2, h3, h4, legend, th"))
    if (shown(node) && !node.textContent.trim()) fault("an empty heading", node);
  for (const node of document.querySelectorAll("ul > *, ol > *"))
    if (!["LI", "SCRIPT", "TEMPLATE"].includes(node.tagName) && node.parentElement.getAttribute("role") === null && node.getAttribute("role") !== "listitem")
      fault("no item, but in a list", node);
  for (const node of document.querySelectorAll("dl > *"))
    if (!["DT", "DD", "DIV", "SCRIPT", "TEMPLATE"].includes(node.tagName)) fault("neither name nor value, but in a list of pairs", node);
  for (const node of document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]"))
    if (node.parentElement.closest("[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]")) fault("read out twice", node);
  if (!/^(zh|en)/u.test(document.documentElement.lang)) faults.push(`the page's language is “${document.documentElement.lang}”`);
  if (!document.title.trim()) faults.push("the page has no title");
  if (document.querySelectorAll("main").length > 1) faults.push("two mains");
  return [...new Set(faults)];
}
