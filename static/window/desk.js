/**
 * What this terminal knows about its window: a snapshot, moved on by events and by the answers of presses.
 * Every ticket and the window remember the `seq` they were last told at and drop anything older, so an
 * answer and its event may come in either order.
 */
import { Undoing } from "./undoing.js";

const AT_WINDOW = ["called", "serving"];
const LISTED = ["waiting", "held", "no_show"];
const THE_WINDOW = Symbol("the window");

export class Desk {
  /** `window`: its id; `me`: the clerk's id; `undoSeconds`: how long a press may be taken back. */
  constructor(window, me, undoSeconds) {
    Object.assign(this, { window, me, view: null, figures: null, rules: null, helps: [], answer: null, elsewhere: null });
    this.tickets = new Map();
    this.told = new Map();
    this.undoing = new Undoing(window, undoSeconds);
  }

  /** Begin again from a snapshot; the answer to a press that is newer than it still stands. */
  begin(snapshot, seq) {
    this.tickets.clear();
    this.told.clear();
    Object.assign(this, { figures: snapshot.figures, rules: snapshot.rules, helps: snapshot.helps_now, closes: snapshot.closes_at });
    this.#window(snapshot.window, seq);
    const all = [...snapshot.waiting, ...snapshot.held, ...snapshot.no_shows, snapshot.ticket];
    for (const ticket of all) this.#ticket(ticket, seq);
    this.undoing.begin(snapshot.undo_until, seq);
    if (this.answer?.seq > seq) this.#take(this.answer);
  }

  /** The hall has another history now: what it answered before belongs to the old one. Nothing was told yet. */
  forget() {
    this.answer = null;
    return -1;
  }

  /** One event of the hall. */
  hear(event) {
    this.#ticket(event.ticket, event.seq);
    this.#window(event.window, event.seq);
    this.undoing.hear(event);
    this.#seat(event.window);
  }

  /** The answer to a press made here. */
  answered(answer, press) {
    this.answer = answer;
    this.#take(answer);
    this.undoing.answered(answer, press);
  }

  /** The ticket that stands at this window, called or being served. */
  get current() {
    const ticket = this.view?.ticket ? this.tickets.get(this.view.ticket) : undefined;
    return ticket && AT_WINDOW.includes(ticket.state) ? ticket : null;
  }

  /** Whether the clerk may still say that the class of the ticket at the window isn't due. */
  get isClassOpen() {
    const ticket = this.current;
    return Boolean(ticket && this.rules?.classes[ticket.ticket_class]?.confirm && !ticket.confirmed);
  }

  /** The tickets of one list: "waiting", "held" or "no_show". */
  list(state) {
    return [...this.tickets.values()].filter((ticket) => ticket.state === state && this.#concerns(ticket));
  }

  /** What the clerk can do: away, idle, called, serving, paused (behind the sign a service may still run). */
  get mode() {
    if (!this.view || this.view.state === "closed" || this.view.clerk?.id !== this.me) return "away";
    return this.current?.state ?? (this.paused ? "paused" : "idle");
  }

  get paused() {
    return this.view?.state === "paused";
  }

  #take(answer) {
    this.#ticket(answer.previous, answer.seq);
    this.#ticket(answer.ticket, answer.seq);
    this.#window(answer.window, answer.seq);
  }

  #ticket(ticket, seq) {
    if (!ticket || !this.#isNews(ticket.ticket, seq)) return;
    const here = AT_WINDOW.includes(ticket.state) && ticket.window === this.window;
    if (here || LISTED.includes(ticket.state)) this.tickets.set(ticket.ticket, ticket);
    else this.tickets.delete(ticket.ticket);
  }

  #window(view, seq) {
    if (view?.window === this.window && this.#isNews(THE_WINDOW, seq)) this.view = view;
  }

  /** Whether the clerk has sat down at another window meanwhile. */
  #seat(view) {
    if (!view || view.window === this.window) return;
    if (view.clerk?.id === this.me) this.elsewhere = view.window;
    else if (view.window === this.elsewhere) this.elsewhere = null;
  }

  #isNews(what, seq) {
    if ((this.told.get(what) ?? -1) > seq) return false;
    this.told.set(what, seq);
    return true;
  }

  /** Whether this window may take the ticket up; `rules.reluctance` names all the services that it takes. */
  #concerns(ticket) {
    if (ticket.direct_window) return ticket.direct_window === this.window;
    return ticket.service in this.rules.reluctance || ticket.window === this.window;
  }
}
