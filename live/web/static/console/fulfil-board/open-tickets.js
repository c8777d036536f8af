/** The open complaints of all the room's sessions, those that wait longest first. */
export function openTickets(state, cycles) {
  const ofEarlier = cycles.filter(({ session }) => session.id !== state.session?.id).flatMap(({ tickets }) => tickets);
  const all = [...state.tickets.filter((ticket) => ticket.state !== "closed"), ...ofEarlier];
  return all.sort((one, other) => rank(one) - rank(other) || one.due_at.localeCompare(other.due_at));
}

function rank(ticket) {
  return ["open", "promised", "answered"].indexOf(ticket.state);
}
