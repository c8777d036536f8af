/**
 * From the cut-off to the last bag: complaints with their clocks, and the order cycles with what is left to do in each.
 * Tells `lb-cut-off`, `lb-move-pickup`, `lb-ready` and `lb-ticket`.
 */
import "./cycle-card.js";
import "./ticket-row.js";
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { emptyState } from "../empty-state.js";

class FulfilBoard extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")));
    this.ticketsHead = h("h3", { class: "part" });
    this.tickets = h("ol", { class: "tickets" });
    this.cycles = h("ol", { class: "cycles" });
    this.empty = emptyState("bag");
    this.append(this.head, this.ticketsHead, this.tickets, this.cycles, this.empty);
  }

  update({ cycles, tickets, room, clock, t }) {
    setText(this.heading, t.tabs.fulfil);
    setAttribute(this, "aria-label", t.tabs.fulfil);
    setText(this.ticketsHead, t.tickets.title);
    setAttribute(this.ticketsHead, "hidden", tickets.length === 0);
    setAttribute(this.empty, "hidden", cycles.length > 0 || tickets.length > 0);
    this.empty.say(t.fulfil.empty, t.fulfil.emptyNext);
    keyed(this.tickets, tickets, (ticket) => ticket.id, makeTicket, (row, ticket) => row.show({ ticket, clock, t }));
    keyed(this.cycles, cycles, (each) => each.session.id, makeCycle, (card, summary) => card.show({ summary, room, clock, t }));
  }
}

function makeTicket() {
  return document.createElement("lb-ticket-row");
}

function makeCycle() {
  return document.createElement("lb-cycle-card");
}

/** The open complaints of all the room's sessions, those that wait longest first. */
export function openTickets(state, cycles) {
  const ofEarlier = cycles.filter(({ session }) => session.id !== state.session?.id).flatMap(({ tickets }) => tickets);
  const all = [...state.tickets.filter((ticket) => ticket.state !== "closed"), ...ofEarlier];
  return all.sort((one, other) => rank(one) - rank(other) || one.due_at.localeCompare(other.due_at));
}

function rank(ticket) {
  return ["open", "promised", "answered"].indexOf(ticket.state);
}

customElements.define("lb-fulfil-board", FulfilBoard);
