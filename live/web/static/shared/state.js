/**
 * The state of a room as a page sees it: a snapshot, and what remains when each event's objects replace their older
 * selves. Pure: nothing here knows a socket, a clock or the DOM.
 */

/** A room that has said nothing yet. */
export const EMPTY = Object.freeze({
  seq: 0,
  session: null,
  prompt: null,
  offers: Object.freeze([]),
  reservations: Object.freeze([]),
  confirmations: Object.freeze([]),
  baskets: Object.freeze([]),
  tickets: Object.freeze([]),
  sources: Object.freeze([]),
  flash_sales: Object.freeze([]),
  giveaways: Object.freeze([]),
  polls: Object.freeze([]),
  shown: null,
  questions: Object.freeze([]),
  faq: Object.freeze([]),
  totals: Object.freeze({ comments: 0, buyers: 0, reserved_quantity: 0, amount: "0.00" }),
});

const CLEARED_BY_A_NEW_SESSION = Object.freeze({
  prompt: null, offers: [], reservations: [], confirmations: [], baskets: [], tickets: [], sources: [], flash_sales: [], giveaways: [],
  polls: [], shown: null, questions: [],
});

const ADD_A_CONFIRMATION = Object.freeze(["comment_needs_confirmation", "comment_reopened", "comment_revised"]);

/** How each object that an event carries finds its place in the state. */
const PLACES = Object.freeze({
  session: (_state, session) => ({ session }),
  offer: (state, offer) => ({ offers: put(state.offers, offer) }),
  reservation: (state, reservation) => ({ reservations: put(state.reservations, reservation) }),
  basket: (state, basket) => ({ baskets: put(state.baskets, basket) }),
  ticket: (state, ticket) => ({ tickets: put(state.tickets, ticket) }),
  source: (state, source) => ({ sources: put(state.sources, source) }),
  flash_sale: (state, flash) => ({ flash_sales: put(state.flash_sales, flash) }),
  giveaway: (state, giveaway) => ({ giveaways: put(state.giveaways, giveaway) }),
  poll: (state, poll) => ({ polls: put(state.polls, poll) }),
  question: (state, question) => ({ questions: put(state.questions, question) }),
  faq: (state, faq) => ({ faq: keepFaq(state.faq, faq) }),
  shown: (_state, shown) => ({ shown: shown.open ? shown : null }),
  prompt: (_state, prompt) => ({ prompt: prompt.open ? prompt : null }),
  comment: (state, comment, kind) => ({ confirmations: confirm(state.confirmations, comment, kind) }),
  totals: (_state, totals) => ({ totals }),
});

/** The state of a snapshot frame: `{"seq", "state"}`. */
export function fromSnapshot({ seq, state }) {
  return { ...EMPTY, ...state, seq };
}

/** The state after one event `{"seq", "kind", "data"}`. The old state is left as it was. */
export function apply(state, event) {
  if (event.data.earlier_session !== undefined) return { ...state, seq: event.seq };
  const next = { ...state, ...(event.kind === "session_started" ? CLEARED_BY_A_NEW_SESSION : null), seq: event.seq };
  for (const [name, place] of Object.entries(PLACES)) {
    const value = event.data[name];
    if (value !== undefined && value !== null) Object.assign(next, place(next, value, event.kind));
  }
  return next;
}

/** A comment's key: platforms share ids. */
export function commentKey(comment) {
  return `${comment.platform}\n${comment.id}`;
}

/** Lists are thousands long and events come by the hundred: a plain loop from the end, where what changes is. */
function put(list, value) {
  let i = list.length - 1;
  while (i >= 0 && list[i].id !== value.id) i -= 1;
  if (i < 0) return [...list, value];
  const changed = list.slice();
  changed[i] = value;
  return changed;
}

/** What was mended is the newest; what was dropped is gone. */
function keepFaq(list, faq) {
  const others = list.filter((held) => held.id !== faq.id);
  return faq.dropped ? others : [...others, faq];
}

function confirm(list, comment, kind) {
  const others = without(list, comment);
  return ADD_A_CONFIRMATION.includes(kind) ? inOrder(others, comment) : others;
}

/** The list itself where the comment is not in it, as with most. Its number tells most of them apart at once. */
function without(list, { id, platform, n }) {
  let i = list.length - 1;
  while (i >= 0 && (list[i].n !== n || list[i].id !== id || list[i].platform !== platform)) i -= 1;
  return i < 0 ? list : [...list.slice(0, i), ...list.slice(i + 1)];
}

function inOrder(list, comment) {
  let i = list.length;
  while (i > 0 && list[i - 1].n > comment.n) i -= 1;
  return [...list.slice(0, i), comment, ...list.slice(i)];
}
