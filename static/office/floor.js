// The hall as it stands, from the snapshot and then from events: windows, tickets at them, and those who wait.
import { data } from "./desk.js";

const AT_WINDOW = new Set(["called", "serving"]);
const MINUTE = 60_000;

export class Floor {
  /** `now()` is the hall's time. */
  constructor(now) {
    this.now = now;
    this.begun = false;
  }

  begin(state) {
    this.windows = keyed(state.windows, "window");
    this.waiting = keyed(state.waiting, "ticket");
    this.running = keyed(state.running, "ticket");
    this.line = keyed(state.lines, "service");
    this.freeFrom = new Map();
    this.begun = true;
  }

  happened(list) {
    for (const { at, ticket, window: view } of list) {
      if (view) this.moved(view, at);
      if (ticket) this.carried(ticket);
    }
  }

  moved(view, at) {
    const before = this.windows.get(view.window);
    if (before?.ticket && !view.ticket) this.freeFrom.set(view.window, at);
    this.windows.set(view.window, view);
  }

  carried(ticket) {
    put(this.waiting, ticket, ticket.state === "waiting");
    put(this.running, ticket, AT_WINDOW.has(ticket.state));
  }

  lines(list) {
    for (const line of list) this.line.set(line.service, line);
  }

  /** How many wait whom the window could call. */
  callers(window) {
    return this.callable(window).length;
  }

  /** Minutes that the first of them has waited: nobody was free beside a waiting person for longer. */
  longestCaller(window) {
    return Math.max(0, ...this.callable(window).map((ticket) => this.waited(ticket)));
  }

  callable(window) {
    const takes = new Set(data.windows[window].serves);
    return [...this.waiting.values()].filter((each) => mayCall(window, takes, each) && !this.isAway(each));
  }

  /** The holder asked to be called later, and isn't there yet. */
  isAway(ticket) {
    return Boolean(ticket.not_before) && new Date(ticket.not_before) > this.now();
  }

  /** How long the window has had nobody; from its last ticket, else from when it opened. */
  freeMinutes(view) {
    return this.minutesSince(this.freeFrom.get(view.window) ?? view.since);
  }

  /** Minutes of the running service, without those on hold; or since the call. */
  busyMinutes(ticket) {
    if (ticket.state === "called") return this.minutesSince(ticket.called_at);
    return this.minutesSince(ticket.started_at) - Math.floor((ticket.held_seconds ?? 0) / 60);
  }

  minutesSince(at) {
    return at ? Math.max(0, Math.floor((this.now() - new Date(at)) / MINUTE)) : 0;
  }

  waited(ticket) {
    return this.minutesSince(ticket.joined_at);
  }

  /** Per service with somebody waiting: how many, and how long the first of them. */
  byService() {
    const rows = new Map();
    for (const ticket of this.waiting.values()) {
      const row = rows.get(ticket.service) ?? { service: ticket.service, waiting: 0, longest: 0, away: [] };
      row.waiting += 1;
      if (this.isAway(ticket)) row.away.push(ticket);
      row.longest = Math.max(row.longest, this.waited(ticket));
      rows.set(ticket.service, row);
    }
    return [...rows.values()].sort((a, b) => b.longest - a.longest || b.waiting - a.waiting);
  }
}

const keyed = (list, name) => new Map(list.map((each) => [each[name], each]));

function put(map, ticket, belongs) {
  if (belongs) map.set(ticket.ticket, ticket);
  else map.delete(ticket.ticket);
}

function mayCall(window, takes, { service, direct_window: direct }) {
  return direct ? direct === window : takes.has(service);
}
