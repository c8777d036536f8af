/** A script as cards to fill in, each a section of the text. Pure: what a text means is the service's to say. */

const HEADING = /^\s*##/u;
const SECOND_LOOK = /^[>＞]\s?/u;

/** The word that a heading begins with, by kind; goods have none. */
export const MARKS = Object.freeze({
  opening: "开场", offer: "", flash: "秒杀", bag: "福袋", poll: "投票", prompt: "扣屏", talk: "闲聊", closing: "结束",
});

export const KINDS = Object.freeze(Object.keys(MARKS));
export const WITH_GOODS = Object.freeze(["offer", "flash", "prompt"]);

/** What a launch begins with, filled in so that little is left to change. */
export const SAMPLES = Object.freeze({
  none: () => "",
  prompt: () => "扣1 30秒",
  flash: (offer) => `秒杀 ${offer ? less(offer.price) : "9.90"}元 限量10 每人1 2分钟 预告10秒`,
  bag: (offer) => `福袋 ${offer ? `${shortName(offer)}一${offer.unit ?? "份"}` : "奖品"} 价值${offer?.price ?? "9.90"}元 1名 口令福袋 2分钟`,
  poll: () => "投票 明天上什么？ 2分钟\nA 草莓\nB 砂糖橘",
});

/** The cards of what the service has read: `{script, markdown}`, the text written out fair. */
export function cardsOf({ script, markdown }) {
  const blocks = blocksOf(markdown);
  return script.sections.map((section, i) => ({
    kind: section.kind,
    title: section.title,
    offerId: section.offer_id,
    minutes: section.minutes,
    points: section.points.join("\n"),
    launch: (blocks[i] ?? []).filter((line) => SECOND_LOOK.test(line)).map((line) => line.replace(SECOND_LOOK, "")).join("\n"),
  }));
}

/** The text of the cards, those that were taken out left out. */
export function markdownOf(cards, goods) {
  return cards.filter((card) => !card.gone).map((card) => blockOf(card, goods)).join("\n");
}

/** An empty card of a kind; `offer` is what it is about. */
export function newCard(kind, offer = null) {
  const about = WITH_GOODS.includes(kind) ? offer : null;
  const launch = kind in SAMPLES ? SAMPLES[kind](offer) : "";
  return { kind, title: about ? shortName(about) : MARKS[kind], offerId: about?.id ?? null, minutes: 3, points: "", launch };
}

/** The cards with one moved up (-1) or down (1), as far as there is room. */
export function moved(cards, i, by) {
  const to = i + by;
  if (to < 0 || to >= cards.length) return cards;
  const next = [...cards];
  [next[i], next[to]] = [next[to], next[i]];
  return next;
}

/** Which section of a text a line (from 1) lies in, from 0; -1 above all of them. */
export function sectionOfLine(markdown, line) {
  return markdown.split("\n").slice(0, line).filter((text) => HEADING.test(text)).length - 1;
}

/** What goods are called: "3号 土鸡蛋". */
export function goodsName(offer) {
  return offer.number ? `${offer.number}号 ${shortName(offer)}` : shortName(offer);
}

/** "土鸡蛋 30 枚" is 土鸡蛋. */
export function shortName({ title }) {
  const [first] = title.trim().split(/\s+/u);
  return first.length > 1 ? first : title.trim();
}

function blocksOf(markdown) {
  const blocks = [];
  for (const line of markdown.split("\n")) {
    if (HEADING.test(line)) blocks.push([]);
    blocks.at(-1)?.push(line);
  }
  return blocks;
}

function blockOf({ kind, title, offerId, minutes, points, launch }, goods) {
  const offer = WITH_GOODS.includes(kind) ? (goods.find(({ id }) => id === offerId) ?? null) : null;
  const said = [offer?.number ? `${offer.number}号` : null, title.trim() || (offer ? shortName(offer) : null)].filter(Boolean).join(" ");
  const mark = MARKS[kind];
  const heading = [mark && said !== mark ? mark : null, said || mark, minutes ? `${minutes}分钟` : null].filter(Boolean).join(" ");
  return [`## ${heading}`, ...lines(points).map((point) => `- ${point}`), ...lines(launch).map((line) => `> ${line}`), ""].join("\n");
}

function lines(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

/** A tenth less, down to the 角, without floats: "39.90" → "35.90". */
function less(price) {
  const [whole, fraction = ""] = String(price).split(".");
  const fen = (BigInt(whole + fraction.padEnd(2, "0").slice(0, 2)) * 9n) / 100n * 10n;
  const digits = String(fen).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
