/** The calls that stand at an area's windows and weren't shown yet: for the time in which nobody speaks there. */

export class CallQueue {
  constructor(isOurs) {
    Object.assign(this, { isOurs, shown: new Set(), standing: new Map() });
  }

  /** One event: a call is new whatever its age; one that is answered, missed or undone stands no longer. */
  take({ action, ticket }) {
    if (!ticket) return;
    const isCall = action === "call" || action === "recall";
    const known = this.standing.get(ticket.ticket);
    const stands = ticket.state === "called" && this.isOurs(ticket.window);
    if (isCall) this.shown.delete(keyOf(ticket));
    if (isCall || !stands || known?.key !== keyOf(ticket)) this.standing.delete(ticket.ticket);
    if (stands && !this.standing.has(ticket.ticket)) this.add(ticket, action === "recall");
  }

  /** The whole truth: what isn't in it stands no longer, what goes on standing keeps its place. */
  see(tickets) {
    const called = tickets.filter((ticket) => ticket.state === "called" && this.isOurs(ticket.window));
    const keys = new Set(called.map(keyOf));
    for (const [ticket, { key }] of this.standing) if (!keys.has(key)) this.standing.delete(ticket);
    for (const ticket of called) if (!this.standing.has(ticket.ticket)) this.add(ticket, ticket.calls > 1);
  }

  add(ticket, again) {
    const { number, window } = ticket;
    this.standing.set(ticket.ticket, { ticket: ticket.ticket, number, window, again, key: keyOf(ticket) });
  }

  /** The oldest that wasn't shown; from now on it was. */
  next() {
    const call = [...this.standing.values()].find(({ key }) => !this.shown.has(key));
    if (call) this.shown.add(call.key);
    return call ?? null;
  }

  /** That call was shown by somebody's speaking it. */
  spoken(ticket) {
    const call = this.standing.get(ticket);
    if (call) this.shown.add(call.key);
  }
}

/** One call of one ticket: a second call, or one after an undone one, has another key. */
function keyOf({ ticket, calls, called_at }) {
  return `${ticket} ${calls} ${called_at}`;
}
