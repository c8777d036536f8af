/** How a poll stands, as its lines say it. Pure. */

/**
 * The options in their order (a line that moves cannot be read), with whole percents that come to 100 and who leads:
 * the one with the most votes, nobody where two have as many.
 */
export function linesOf(poll) {
  const shares = sharesOf(poll.options.map(({ votes }) => votes));
  const most = Math.max(0, ...poll.options.map(({ votes }) => votes));
  const leaders = poll.options.filter(({ votes }) => votes === most);
  return poll.options.map((option, i) => ({ ...option, share: shares[i], leads: most > 0 && leaders.length === 1 && leaders[0] === option }));
}

/** Largest remainders: each share rounded down, and what is missing to 100 to those that lost the most by it. */
export function sharesOf(votes) {
  const all = votes.reduce((sum, each) => sum + each, 0);
  if (all === 0) return votes.map(() => 0);
  const exact = votes.map((each) => (100 * each) / all);
  const shares = exact.map(Math.floor);
  const missing = 100 - shares.reduce((sum, each) => sum + each, 0);
  const order = exact.map((share, i) => [share - shares[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of order.slice(0, missing)) shares[i] += 1;
  return shares;
}
