/** A viewer's words that the host has put on the picture: a comment in a bubble, or the question being answered. */
import { h, setAttribute, setText } from "../../static/shared/dom.js";
import { Guest } from "../overlay/guest.js";
import { icon } from "../overlay/icons.js";
import { saidOn } from "../overlay/on.js";
import { fill } from "../overlay/words/index.js";
import { sizeOf } from "./size.js";

class SaidCard extends Guest {
  build() {
    this.who = h("span", { class: "who clip" });
    this.text = h("p", { class: "text" });
    this.answer = h("p", { class: "answer" });
    this.append(h("section", { class: "box panel" }, h("header", {}, icon(this.as), this.who), this.text, this.answer));
  }

  wants({ state, now }) {
    return saidOn(state, now, this.as);
  }

  update({ t }, said, home) {
    setText(this.who, this.whose(said, t));
    setText(this.text, said.text);
    setText(this.answer, said.answer ?? "");
    setAttribute(this.answer, "hidden", !said.answer);
    setAttribute(this.box, "data-answered", Boolean(said.answer));
    setAttribute(this.box, "data-size", sizeOf(said, home));
  }
}

class QuestionCard extends SaidCard {
  as = "question";

  whose({ name }, t) {
    return fill(t.said.asks, { name });
  }
}

class BubbleCard extends SaidCard {
  as = "bubble";

  whose({ name }, t) {
    return fill(t.said.bubble, { name });
  }
}

customElements.define("lb-question-card", QuestionCard);
customElements.define("lb-bubble-card", BubbleCard);
