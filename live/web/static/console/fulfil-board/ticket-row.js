/** One complaint: who, what, and how long they have been waiting. Tells `lb-ticket {ticket}`. */
import { h, Part, setAttribute, setText } from "../../shared/dom.js";
import { fill } from "../../shared/i18n/fill.js";
import { hoursAndMinutes } from "../../shared/format.js";

const MEANINGS = Object.freeze({ open: "trouble", promised: "confirm", answered: "other" });

class TicketRow extends Part {
  build() {
    this.name = h("strong", { class: "clip" });
    this.chip = h("span", { class: "chip number" });
    this.words = h("p", { class: "words" });
    this.answer = h("p", { class: "answer" });
    this.button = h("button", { type: "button", class: "button", on: { click: () => this.tell("lb-ticket", { ticket: this.ticket }) } });
    this.append(h("div", { class: "line" }, this.name, this.chip), this.words, this.answer, this.button);
  }

  update({ ticket, clock, t }) {
    this.ticket = ticket;
    setText(this.name, ticket.viewer.name);
    setAttribute(this.chip, "data-meaning", MEANINGS[ticket.state] ?? "other");
    setText(this.chip, clockWords(ticket, clock, t));
    setText(this.words, ticket.times > 1 ? fill(t.tickets.again, { text: ticket.text, n: ticket.times }) : ticket.text);
    setAttribute(this.answer, "hidden", !ticket.answer);
    setText(this.answer, ticket.answer ? `${t.tickets.said}${ticket.answer}` : "");
    setText(this.button, ticket.state === "open" ? t.tickets.handle : t.tickets.goOn);
    setAttribute(this.button, "aria-label", fill(t.tickets.handleOf, { name: ticket.viewer.name }));
  }
}

function clockWords(ticket, clock, t) {
  if (ticket.state === "promised") return t.tickets[ticket.promise] ?? t.tickets.promised;
  if (ticket.state === "answered") return t.tickets.answered;
  const left = clock.until(ticket.due_at);
  if (left > 0) return fill(t.tickets.left, { time: hoursAndMinutes(left, t.units) });
  return fill(t.tickets.late, { time: hoursAndMinutes(clock.since(ticket.due_at), t.units) });
}

customElements.define("lb-ticket-row", TicketRow);
