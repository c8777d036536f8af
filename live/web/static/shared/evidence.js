/** Where in a comment the understood words stand. Pure. */

/**
 * Cut a text into pieces `{text, role}`; `role` is null where nothing was understood. Evidence that is not in the text as
 * written (it was normalised before it was read) is left out, and of overlapping pieces the first stands.
 */
export function pieces(text, evidence) {
  const found = spans(text, evidence ?? []);
  const cut = [];
  let from = 0;
  for (const { start, end, role } of found) {
    if (start > from) cut.push({ text: text.slice(from, start), role: null });
    cut.push({ text: text.slice(start, end), role });
    from = end;
  }
  if (from < text.length) cut.push({ text: text.slice(from), role: null });
  return cut;
}

function spans(text, evidence) {
  const taken = [];
  for (const [words, role] of evidence) {
    const start = words ? free(text, words, taken) : -1;
    if (start >= 0) taken.push({ start, end: start + words.length, role });
  }
  return taken.sort((a, b) => a.start - b.start);
}

function free(text, words, taken) {
  let start = text.indexOf(words);
  while (start >= 0 && taken.some((span) => start < span.end && span.start < start + words.length))
    start = text.indexOf(words, start + 1);
  return start;
}
