/**
 * From the cut-off to the last bag: what did not reach a group chat, complaints with their clocks, and the order cycles
 * with what is left to do in each. Tells what its parts tell.
 */
import "./cycle-card.js";
import "./target-card.js";
import "./ticket-row.js";
import { h, keyed, Part, setAttribute, setText } from "../../shared/dom.js";
import { emptyState } from "../empty-state.js";

class FulfilBoard extends Part {
  build() {
    this.setAttribute("role", "region");
    this.head = h("h2", { class: "panel-head" }, (this.heading = h("span")));
    this.stuck = h("ol", { class: "stuck" });
    this.ticketsHead = h("h3", { class: "part" });
    this.tickets = h("ol", { class: "tickets" });
    this.cycles = h("ol", { class: "cycles" });
    this.empty = emptyState("bag");
    this.append(this.head, this.stuck, this.ticketsHead, this.tickets, this.cycles, this.empty);
  }

  update({ cycles, tickets, stuck, room, clock, t }) {
    setText(this.heading, t.tabs.fulfil);
    setAttribute(this, "aria-label", t.tabs.fulfil);
    setText(this.ticketsHead, t.tickets.title);
    setAttribute(this.ticketsHead, "hidden", tickets.length === 0);
    setAttribute(this.empty, "hidden", cycles.length + tickets.length + stuck.length > 0);
    this.empty.say(t.fulfil.empty, t.fulfil.emptyNext);
    keyed(this.stuck, stuck, (each) => each.target.name, makeTarget, (card, each) => card.show({ stuck: each, clock, t }));
    keyed(this.tickets, tickets, (ticket) => ticket.id, makeTicket, (row, ticket) => row.show({ ticket, clock, t }));
    keyed(this.cycles, cycles, (each) => each.session.id, makeCycle, (card, summary) => card.show({ summary, newest: summary === cycles[0], room, clock, t }));
  }
}

function makeTarget() {
  return document.createElement("lb-target-card");
}

function makeTicket() {
  return document.createElement("lb-ticket-row");
}

function makeCycle() {
  return document.createElement("lb-cycle-card");
}

customElements.define("lb-fulfil-board", FulfilBoard);
