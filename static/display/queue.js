/** The calls that stand at an announcer's windows, and which of them are still to be said. Knows no sound and no page. */

export class CallQueue {
  /** `said` remembers, beyond this page too, which calls were said. */
  constructor(isOurs, said) {
    Object.assign(this, { isOurs, said, shown: new Set(), standing: new Map(), current: null });
  }

  /** One event: a call is new whatever its age; one that is answered, missed or undone stands no longer. */
  take({ action, ticket }) {
    if (!ticket) return;
    const isCall = action === "call" || action === "recall";
    const known = this.standing.get(ticket.ticket);
    const stands = ticket.state === "called" && this.isOurs(ticket.window);
    if (isCall) this.forget(keyOf(ticket));
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

  /** What stood there when the page was opened is no news to be shown; whether it was said is another matter. */
  show() {
    for (const { key } of this.standing.values()) this.shown.add(key);
  }

  add(ticket, again) {
    const { number, window } = ticket;
    this.standing.set(ticket.ticket, { ticket: ticket.ticket, number, window, again, key: keyOf(ticket) });
  }

  /** Called once more, it is to be said once more, even where an undone call had the same count. */
  forget(key) {
    this.said.delete(key);
    this.shown.delete(key);
  }

  /** The oldest that is due: to be said by a machine that speaks, to be shown by the others. */
  next(speaks) {
    this.current = this.due(speaks)[0] ?? null;
    return this.current;
  }

  due(speaks) {
    const done = speaks ? this.said : this.shown;
    return [...this.standing.values()].filter((call) => call !== this.current && !done.has(call.key));
  }

  /** Ends with the current call; one that couldn't be said remains to be said. */
  finish(call, wasSaid) {
    this.current = null;
    this.shown.add(call.key);
    if (wasSaid) this.said.add(call.key);
  }

  stands(call) {
    return this.standing.get(call.ticket)?.key === call.key;
  }
}

/** One call of one ticket: a second call, or one after an undone one, has another key. */
function keyOf({ ticket, calls, called_at }) {
  return `${ticket} ${calls} ${called_at}`;
}
