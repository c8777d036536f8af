/** Trouble in three short sentences: what, why, and the way out. Pure. */

/** The connection is lost, or the sign-in is. */
export function linkTrouble(denied, t) {
  const words = t.trouble;
  return denied
    ? { code: "denied", what: words.denied, why: words.deniedWhy, todo: words.deniedTodo }
    : { code: "link", what: words.link, why: words.linkWhy, todo: words.linkTodo };
}

/** What the service tells: `{code, detail}`; the detail is its own sentence for the host. */
export function serviceTrouble({ code, detail }, t) {
  const known = t.trouble.byCode[code] ?? {};
  return { code, what: known.what ?? t.trouble.orders, why: detail ?? "", todo: known.todo ?? t.trouble.todo };
}
