/**
 * How somebody at the counter is found: by pickup code, last four digits of the phone, name or number in line. Pure.
 * `live/service/counter_search.py` holds the same rules for other programs.
 */

const LETTERS = "[23456789ABCDEFGHJKLMNPQRSTUVWXYZ]";
const CODE = new RegExp(`^${LETTERS}{12}$`, "u");
const IN_ADDRESS = new RegExp(`/r/(${LETTERS}{12})(?:[/?#]|$)`, "iu");
const NUMBER = /^(?:第|No\.?|#)?\s*([A-Z]{0,2})[\s-]*([0-9]{1,6})\s*[号號]?$/iu;
const SHORTEST = 4;

/** Read what was typed or scanned: also the address of a viewer's page, "12 号", "a 12", "7k2m-abcd". */
export function readQuery(text) {
  const said = (IN_ADDRESS.exec(text)?.[1] ?? text).normalize("NFKC").trim();
  const start = said.replace(/[\s-]/gu, "").toUpperCase();
  const [, letter = "", digits = null] = NUMBER.exec(said) ?? [];
  return {
    name: said.toLowerCase(),
    start,
    code: CODE.test(start) ? start : null,
    letter: letter.toUpperCase(),
    digits,
  };
}

/** Those who are meant, the surest first: a code or number before a name that only has it in it. */
export function find(customers, query) {
  if (query.name === "") return customers;
  const ranked = customers.map((customer) => ({ customer, rank: rankOf(customer, query) }));
  return ranked.filter(({ rank }) => rank !== null).sort((a, b) => a.rank - b.rank).map(({ customer }) => customer);
}

/** Whether somebody is meant by their code and by nothing else: only so is a weak identity ever joined. */
export function isMeantByCode(customer, query) {
  return customer.held.some((held) => hasCode(held, query));
}

/** Whether nothing more need be typed: a code or a phone says who it is, while a name or number may go on. */
export function isMeantSurely(customer, query) {
  return customer.held.some((held) => hasCode(held, query) || isTail(held, query));
}

function rankOf(customer, query) {
  const ranks = customer.held.map((held) => rankOfHeld(held, query)).filter((rank) => rank !== null);
  return ranks.length > 0 ? Math.min(...ranks) : null;
}

function rankOfHeld(held, query) {
  if (hasCode(held, query)) return 0;
  if (query.code !== null) return null;
  if (hasNumber(held, query) || isTail(held, query)) return 0;
  const name = held.viewer.name.normalize("NFKC").toLowerCase();
  if (!name.includes(query.name)) return null;
  return name === query.name ? 1 : 2;
}

function hasCode({ pickup_code: code }, query) {
  if (query.code !== null) return code === query.code;
  return query.start.length >= SHORTEST && code.startsWith(query.start);
}

/** A letter is taken for what it says, with or without one on paper; a bare number is that of any room. */
function hasNumber(held, { letter, digits }) {
  return String(held.number) === digits && (letter === "" || held.letter === letter);
}

function isTail({ phone_tail: tail }, { letter, digits }) {
  return digits !== null && letter === "" && digits.length === SHORTEST && tail === digits;
}
