/**
 * How the line to the service is: for the host, never on the picture. The title says it (OBS shows it nowhere, a browser
 * and a dock of OBS do); `?debug=1` writes it into the picture too, for those who set things up.
 */
import { h, setAttribute, setText } from "../../static/shared/dom.js";
import { fill } from "./words/index.js";

const TICK_MS = 500;

export class Notice {
  #title = document.title;
  #line = null;
  #link = { up: false, retryAt: null };

  constructor({ t, debug }) {
    this.t = t;
    if (!debug) return;
    this.#line = h("p", { class: "notice number" });
    document.querySelector(".stage").append(this.#line);
    setInterval(() => this.#draw(), TICK_MS);
    this.#draw();
  }

  /** `{up, retryAt}` as the feed tells it. */
  link(link) {
    this.#link = link;
    document.title = link.up ? this.#title : `${this.t.notice.down} · ${this.#title}`;
    this.#draw();
  }

  #draw() {
    if (!this.#line) return;
    setAttribute(this.#line, "data-up", this.#link.up);
    setText(this.#line, this.#words());
  }

  #words() {
    const { up, retryAt } = this.#link;
    if (up) return this.t.notice.up;
    const seconds = retryAt === null ? 0 : Math.ceil((retryAt - Date.now()) / 1_000);
    return seconds > 0 ? fill(this.t.notice.downIn, { n: seconds }) : this.t.notice.down;
  }
}
