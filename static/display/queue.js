/** The calls that an announcer still has to say, in order. Knows nothing of sound or page. */

const TOO_OLD = 60_000;

export class CallQueue {
  constructor(isOurs) {
    this.isOurs = isOurs;
    this.waiting = [];
    this.known = new Map();
  }

  /** One event; `age` is how long ago it happened, in ms of real time. */
  take({ action, ticket }, age) {
    if (!ticket) return;
    const isCall = action === "call" || action === "recall";
    this.drop(ticket.ticket, isCall ? null : ticket);
    if (isCall) this.add(ticket, action === "recall", age);
    else if (ticket.state === "waiting") this.known.delete(ticket.ticket);
  }

  /** After events were lost: what is called now and wasn't heard yet. */
  fill(tickets, ageOf) {
    const called = tickets.filter((ticket) => ticket.state === "called");
    this.waiting = this.waiting.filter((call) => called.some((ticket) => ticket.ticket === call.ticket));
    for (const ticket of called) {
      if (this.known.get(ticket.ticket) !== ticket.calls) this.add(ticket, ticket.calls > 1, ageOf(ticket));
    }
  }

  /** What stood there when the page was opened is known, not news. */
  know(tickets) {
    for (const ticket of tickets) this.known.set(ticket.ticket, ticket.calls);
  }

  add({ ticket, number, window, calls }, again, age) {
    this.known.set(ticket, calls);
    if (this.isOurs(window) && age <= TOO_OLD) this.waiting.push({ ticket, number, window, calls, again });
  }

  /** A call that is undone, answered or repeated needn't be said any more; a step back into *called* stays. */
  drop(ticket, now) {
    if (now?.state === "called") return;
    this.waiting = this.waiting.filter((call) => call.ticket !== ticket);
  }

  next() {
    return this.waiting.shift() ?? null;
  }

  get length() {
    return this.waiting.length;
  }
}
