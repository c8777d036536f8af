/**
 * Looks at a page as somebody who sees little, or taps with a thumb: gives a list of faults in words, of the page at rest:
 * what its next drawing mends within two seconds is none.
 */
async () => {
  const LOOKS = 20;
  const BETWEEN_MS = 100;
  const TARGET = 44;
  const AA = 4.5;
  const AA_LARGE = 3;
  const LARGE_PX = 24;

  const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0 && node.offsetWidth > 1;
  const said = (node) => `<${node.localName} class="${node.className}"> ${node.textContent.trim().slice(0, 24)}`;

  const nameOf = (node) =>
    (node.getAttribute("aria-label") ??
      node.labels?.[0]?.textContent ??
      node.textContent ?? "").trim();

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/gu).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));

  const groundOf = (node) => {
    const layers = [];
    for (let each = node; each; each = each.parentElement) layers.push(parse(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };

  const contrast = (node) => {
    const ground = groundOf(node);
    const text = over(parse(getComputedStyle(node).color), ground);
    const [light, dark] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const look = () => {
    const faults = [];
    for (const node of document.querySelectorAll("button, input, textarea, select, a[href], [role=radio]")) {
      const boxed = ["checkbox", "radio"].includes(node.type) ? "label" : "label.button";
      const target = node.closest(boxed) ?? node;
      if (!shown(target)) continue;
      if (!nameOf(node)) faults.push(`no name: ${said(node)}`);
      const { width, height } = target.getBoundingClientRect();
      if (width < TARGET - 0.5 || height < TARGET - 0.5) faults.push(`small (${width} × ${height}): ${said(node)}`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !shown(node) || node.closest("[disabled], [aria-busy=true]")) continue;
      const wanted = parseFloat(getComputedStyle(node).fontSize) >= LARGE_PX ? AA_LARGE : AA;
      const ratio = contrast(node);
      if (ratio < wanted) faults.push(`contrast ${ratio.toFixed(2)}: ${said(node)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
    const modal = document.querySelector("dialog[open]");
    for (const node of (modal ?? document).querySelectorAll("button, input, textarea, [tabindex]"))
      if (Number(node.getAttribute("tabindex")) > 0) faults.push(`jumps the order of focus: ${said(node)}`);
    return [...new Set(faults)];
  };

  for (let left = LOOKS; ; left -= 1) {
    const faults = look();
    if (faults.length === 0 || left === 0) return faults;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
}
