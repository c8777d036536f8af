// Measures the picture as it stands. An expression: gives {boxes, overlaps, faint, small, cut, across, texts}.
(() => {
  const shown = [...document.querySelectorAll("[data-shown]")];
  const seen = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility === "visible";
  const side = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
  const meets = (a, b, by = 1) => a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by;
  const within = (a, b) => ({ left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) });
  const name = (node) => `${node.closest("[data-shown]").localName === "lb-offer-card" ? "lb-offer-card" : node.closest("[data-shown]").parentElement.localName} .${node.className || node.localName}`;

  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, ground) => ({ r: top.r * top.a + ground.r * (1 - top.a), g: top.g * top.a + ground.g * (1 - top.a), b: top.b * top.a + ground.b * (1 - top.a), a: 1 });
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((each) => each / 255).map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = (node, video) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) if (at.closest(".stage")) layers.unshift(colour(getComputedStyle(at).backgroundColor));
    return layers.reduce((ground, layer) => over(layer, ground), video);
  };

  // Every line of every text, as far as it is not cut away, as high as its letters.
  const lines = [];
  const cut = [];
  for (const box of shown) {
    const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      const node = text.parentElement;
      if (!text.textContent.trim() || !seen(node)) continue;
      const style = getComputedStyle(node);
      const size = parseFloat(style.fontSize);
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) {
        const middle = (rect.top + rect.bottom) / 2;
        const letters = { left: rect.left, right: rect.right, top: middle - size * 0.4, bottom: middle + size * 0.4 };
        let left = letters;
        let clips = false;
        for (let at = node; at && at !== box.parentElement; at = at.parentElement)
          if (getComputedStyle(at).overflow !== "visible") {
            left = within(left, side(at.getBoundingClientRect()));
            clips ||= at !== box && (getComputedStyle(at).textOverflow === "ellipsis" || getComputedStyle(at).webkitLineClamp !== "none");
          }
        const lost = left.right < letters.right - 2 || left.left > letters.left + 2 || left.bottom < letters.bottom - 2 || left.top > letters.top + 2;
        if (lost && !clips) cut.push(`${name(node)}: ${text.textContent}`);
        if (left.right > left.left && left.bottom > left.top) lines.push({ ...left, node, text: text.textContent, box });
      }
    }
  }
  const across = [];
  lines.forEach((a, i) => {
    for (const b of lines.slice(i + 1)) if (a.node !== b.node && meets(a, b, 2)) across.push(`${name(a.node)} “${a.text}” × ${name(b.node)} “${b.text}”`);
  });

  const videos = [{ r: 255, g: 255, b: 255, a: 1 }, { r: 0, g: 0, b: 0, a: 1 }, { r: 220, g: 90, b: 40, a: 1 }, { r: 40, g: 160, b: 60, a: 1 }, { r: 128, g: 128, b: 128, a: 1 }];
  const faint = [];
  for (const { node, text } of lines)
    for (const video of videos) {
      const ground = groundOf(node, video);
      const found = contrast(over(colour(getComputedStyle(node).color), ground), ground);
      if (found < 4.5) faint.push(`${name(node)} “${text}” ${found.toFixed(2)}`);
    }

  const unit = document.querySelector(".stage").getBoundingClientRect().width / (innerWidth > innerHeight ? 1920 : 1080);
  const small = lines.filter(({ node }) => parseFloat(getComputedStyle(node).fontSize) < 31.5 * unit).map(({ node }) => name(node));
  const boxes = shown.filter(seen).map((node) => side(node.getBoundingClientRect()));
  const overlaps = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meets(a, b)).map((b) => [a, b]));
  return { boxes, overlaps, faint: [...new Set(faint)], small: [...new Set(small)], cut: [...new Set(cut)], across: [...new Set(across)], texts: lines.length };
})()
