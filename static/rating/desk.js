// What a pad knows of its window: who sits there, and which ticket is asked about until when. No page, no clock.

const OVERTAKING = new Set(["serve", "resume"]);

export class Desk {
  constructor(window, askMs) {
    Object.assign(this, { id: window, askMs, view: null, asked: null, ratedElsewhere: null, settled: null });
  }

  /** The hall's whole truth, except that it may be older than an answer; a question on the pad keeps its place. */
  snapshot({ window, rating }) {
    this.view = window;
    if (rating?.ticket === this.settled) rating = null;
    const same = rating && rating.ticket === this.asked?.ticket;
    this.asked = rating ? { ...rating, until: Math.max(Date.parse(rating.until), same ? this.asked.until : 0) } : null;
  }

  /** News of the ticket that is asked about can only be that its finish was undone. */
  hear(event) {
    if (event.window?.window === this.id) this.view = event.window;
    const ticket = event.ticket;
    if (!ticket) return;
    if (this.asked && ticket.ticket === this.asked.ticket) this.asked = null;
    else if (OVERTAKING.has(event.action) && ticket.window === this.id) this.asked = null;
    if (event.action === "finish" && ticket.window === this.id) this.open(ticket, Date.parse(event.at));
  }

  open({ ticket, number }, at) {
    this.settled = null;
    this.asked = { ticket, number, until: at + this.askMs };
  }

  /** Somewhere a ticket of this window was rated: when it's the one that is asked about, on its phone. */
  rated({ ticket }) {
    if (this.asked?.ticket !== ticket) return;
    this.ratedElsewhere = this.asked;
    this.answered(ticket);
  }

  /** Somebody is choosing a reason: they get the whole time again. */
  extend(now) {
    if (this.asked) this.asked.until = Math.max(this.asked.until, now + this.askMs);
  }

  /** Nothing more is to be said about that ticket. */
  answered(ticket) {
    this.settled = ticket;
    if (this.asked?.ticket === ticket) this.asked = null;
  }

  /** The question to show at this moment, or null. */
  question(now) {
    if (this.asked && this.asked.until <= now) this.asked = null;
    return this.asked;
  }

  /** How much of the asking time is left, from 1 to 0. */
  left(now) {
    return this.asked ? Math.min(1, Math.max(0, (this.asked.until - now) / this.askMs)) : 0;
  }
}
