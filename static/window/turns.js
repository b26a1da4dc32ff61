/**
 * The turn rule, as the hall has it: in which order a window would call those who wait now.
 * Pure: tickets, the figures of the snapshot's `rules` and the time come in, an order goes out.
 */

/** How strongly a ticket asks for this window now; null while its time hasn't come yet. */
export function claim(ticket, rules, now) {
  const minutes = (now - Date.parse(ticket.line_at)) / 1000 / 60;
  if (minutes < 0) return null;
  const { head_start: headStart, rate } = rules.classes[ticket.ticket_class];
  return headStart + rate * minutes - reluctance(ticket, rules);
}

/** Whether the holder asked to be called later: until then no press of "next" calls this ticket. */
export const isAway = (ticket, now) => Boolean(ticket.not_before) && Date.parse(ticket.not_before) > now;

/** All of `tickets`, in the order in which the window would call them if time stood still at `now`; the absent last. */
export function inCallOrder(tickets, rules, now) {
  const away = tickets.filter((ticket) => isAway(ticket, now));
  away.sort((one, other) => Date.parse(one.not_before) - Date.parse(other.not_before));
  return [...ofThosePresent(tickets.filter((ticket) => !isAway(ticket, now)), rules, now), ...away];
}

function ofThosePresent(tickets, rules, now) {
  const lines = linesOf(tickets).map((line) => line.map((ticket) => ({ ticket, claim: claim(ticket, rules, now) })));
  const order = [];
  for (let line = bestOf(lines); line; line = bestOf(lines)) order.push(line.shift().ticket);
  return order;
}

/** A window is never reluctant towards its own line. */
function reluctance(ticket, rules) {
  return ticket.direct_window ? 0 : (rules.reluctance[ticket.service] ?? 0);
}

/** Every service and class has its line; what was sent to the window itself stands apart. */
function linesOf(tickets) {
  const lines = new Map();
  for (const ticket of [...tickets].sort(byPlace)) {
    const name = JSON.stringify([ticket.service, ticket.ticket_class, ticket.direct_window]);
    if (!lines.has(name)) lines.set(name, []);
    lines.get(name).push(ticket);
  }
  return [...lines.values()];
}

function byPlace(one, other) {
  return Date.parse(one.line_at) - Date.parse(other.line_at) || one.tie - other.tie;
}

/** The line whose head is to be called; undefined when all are empty. */
function bestOf(lines) {
  let best;
  for (const line of lines) if (line.length && (!best || goesBefore(line[0], best[0]))) best = line;
  return best;
}

function goesBefore(one, other) {
  if (one.claim === null && other.claim === null) return byPlace(one.ticket, other.ticket) < 0;
  if (one.claim === null || other.claim === null) return other.claim === null;
  return one.claim === other.claim ? one.ticket.tie < other.ticket.tie : one.claim > other.claim;
}
