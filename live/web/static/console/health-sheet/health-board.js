/** What the health sheet shows, in plain words. Figures come by themselves and are not read out. */
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { duration } from "../../shared/format.js";
import { fill } from "../../shared/i18n/fill.js";
import { icon } from "../../shared/icons.js";
import { runningSession } from "../../shared/select.js";
import { showSources, sourcesOf } from "./source-list.js";

class HealthBoard extends Part {
  build() {
    this.marks = { well: icon("check"), trouble: icon("trouble") };
    this.what = h("strong");
    this.why = h("p");
    this.verdict = h("div", { class: "verdict" }, this.marks.well, this.marks.trouble, h("div", {}, this.what, this.why));
    this.note = h("p", { class: "note" });
    this.sources = h("ul");
    this.none = h("p");
    this.connect = h("button", { type: "button", class: "button", on: { click: () => this.tell("lb-guide", { kind: "none", button: this.connect }) } });
    this.expected = h("p", { class: "note" });
    this.heads = ["tools", "service", "pages", "device"].map((name) => [name, h("h3")]);
    this.lists = { service: h("dl"), pages: h("dl"), device: h("dl") };
    const [[, tools], [, service], [, pages], [, device]] = this.heads;
    const asked = [tools, this.sources, this.none, this.connect, this.expected];
    this.append(this.verdict, this.note, h("section", {}, ...asked));
    for (const [head, list] of [[service, this.lists.service], [pages, this.lists.pages], [device, this.lists.device]])
      this.append(h("section", {}, head, list));
  }

  /** `told`: what the service answered, as its OpenAPI description says; `lost`: it did not answer this time. */
  update(shown) {
    const { told, t, state } = shown;
    for (const [name, head] of this.heads) setText(head, t.health[name]);
    this.showVerdict(shown);
    setText(this.note, noteOf(shown));
    setAttribute(this.note, "hidden", noteOf(shown) === "");
    const sources = sourcesOf(state, told);
    showSources(this.sources, sources, shown);
    setText(this.none, t.sources.none);
    setText(this.connect, t.health.toConnect);
    for (const node of [this.none, this.connect]) setAttribute(node, "hidden", sources.length > 0);
    setText(this.expected, expectedWords(told, t));
    setAttribute(this.expected, "hidden", !told);
    showPairs(this.lists.service, serviceRows(told, t));
    showPairs(this.lists.pages, pageRows(told, t));
    showPairs(this.lists.device, [["link", linkWords(shown)]].map(([key, value]) => [t.health[key], value, shown.link.phase === "down"]));
  }

  showVerdict({ troubles, state, t }) {
    const [worst] = troubles.filter(({ mild }) => !mild);
    const tone = worst ? "trouble" : runningSession(state) ? "well" : "off";
    setAttribute(this.verdict, "data-tone", tone);
    setAttribute(this.marks.trouble, "hidden", tone !== "trouble");
    setAttribute(this.marks.well, "hidden", tone === "trouble");
    setText(this.what, worst?.what ?? t.health[tone]);
    setText(this.why, worst?.todo ?? t.health[`${tone}Why`]);
  }
}

function noteOf({ asked, lost, t }) {
  if (!asked) return t.health.asking;
  return lost ? t.health.noAnswer : "";
}

function expectedWords(told, t) {
  if (!told) return "";
  return told.watched ? fill(t.health.expected, { n: Math.round(told.silent_after_ms / 1000) }) : t.health.unwatched;
}

/** Each row is `[name, value, bad]`. */
function serviceRows(told, t) {
  if (!told) return [];
  const { comments, commands, trouble } = told;
  return [
    [t.health.lag, lagWords(comments, t), comments.lag_ms > 3_000],
    [t.health.waiting, waitingWords(comments, t), comments.oldest_waiting_ms > 3_000],
    [t.health.taps, commands.answering ? t.health.answering : fill(t.health.stuck, { age: duration(commands.busy_ms) }), !commands.answering],
    [t.health.store, told.writable ? t.health.writable : (trouble?.detail ?? t.health.unwritable), !told.writable],
  ];
}

function lagWords({ lag_ms: lag, worst_lag_ms: worst }, t) {
  if (lag === null) return t.health.quiet;
  return fill(worst > lag ? t.health.lagWorst : t.health.lagValue, { n: seconds(lag), worst: seconds(worst) });
}

function waitingWords({ waiting, oldest_waiting_ms: oldest }, t) {
  return fill(oldest >= 1_000 ? t.health.since : t.health.comments, { n: waiting, age: duration(oldest ?? 0) });
}

function pageRows(told, t) {
  return told ? ["hosts", "pictures", "viewers"].map((kind) => [t.health[kind], String(told.pages[kind]), false]) : [];
}

function linkWords({ link, round, lost, t }) {
  if (link.phase === "down" || lost) return t.health.broken;
  return round === undefined ? t.health.asking : fill(t.health.round, { n: round });
}

/** 40 → "0.04", 1234 → "1.2". */
function seconds(ms) {
  return (ms / 1000).toFixed(ms < 1_000 ? 2 : 1);
}

function showPairs(list, rows) {
  keyed(list, rows, ([name]) => name, makePair, ({ name, value }, [word, said, bad]) => {
    setText(name, word);
    setText(value, said);
    setAttribute(value, "data-bad", bad);
  });
}

function makePair() {
  const pair = h("div");
  pair.name = h("dt");
  pair.value = h("dd", { class: "number" });
  pair.append(pair.name, pair.value);
  return pair;
}

customElements.define("lb-health-board", HealthBoard);
