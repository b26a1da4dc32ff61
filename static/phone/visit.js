// What this phone knows of its ticket: changed by a snapshot, by events and by places. No page, no clock.

const OVER = new Set(["finished", "abandoned", "no_show"]);

export class Visit {
  constructor(phoneDays) {
    Object.assign(this, { phoneDays, ticket: null, place: null, window: null, rating: null, awayUntil: null, left: 0 });
  }

  snapshot({ ticket, place, window, rating, not_before: awayUntil, postpones_left: left }) {
    Object.assign(this, { ticket, place, window, rating, awayUntil, left });
  }

  /** What the hall answers when more time was asked for, or its holder came back. */
  putOff({ not_before: awayUntil, postpones_left: left }) {
    Object.assign(this, { awayUntil, left });
  }

  isAway(now) {
    return this.ticket?.state === "waiting" && Boolean(this.awayUntil) && Date.parse(this.awayUntil) > now;
  }

  get key() {
    return this.ticket?.ticket;
  }

  /** Takes an event; true when it was about this ticket. */
  hear(event) {
    if (!this.ticket || event.ticket?.ticket !== this.key) return false;
    const state = event.ticket.state;
    if (state !== "waiting" || this.ticket.state !== "waiting") this.place = null;
    const reinstated = (this.ticket.reinstated ?? 0) + (event.action === "reinstate" ? 1 : 0);
    this.ticket = { ...this.ticket, ...event.ticket, reinstated };
    this.rating = this.ratingAfter(event);
    return true;
  }

  ratingAfter({ action, at }) {
    if (this.ticket.state !== "finished") return { open: false, until: null, rated: false };
    if (action !== "finish") return this.rating;
    const until = new Date(Date.parse(at) + this.phoneDays * 86400000).toISOString();
    return { open: true, until, rated: false };
  }

  /** The places of the whole line; true when ours is among them. */
  placed({ places }) {
    const mine = places?.[this.key];
    if (!mine || this.ticket?.state !== "waiting") return false;
    this.place = mine;
    return true;
  }

  rated() {
    this.rating = { ...this.rating, open: false, rated: true };
  }

  /** What the page shows: the ticket's state, or after the visit rate, rated or over. */
  scene(now) {
    const state = this.ticket?.state;
    if (state !== "finished") return state ?? null;
    if (this.rating?.rated) return "rated";
    return this.rating?.open && !(Date.parse(this.rating.until) <= now) ? "rate" : "over";
  }

  /** One name for each call and recall, so that none rings twice and none is missed. */
  get call() {
    return this.ticket?.state === "called" ? `${this.ticket.called_at}#${this.ticket.calls}` : null;
  }

  get mayLeave() {
    return Boolean(this.ticket) && !OVER.has(this.ticket.state) && this.ticket.state !== "serving";
  }
}
