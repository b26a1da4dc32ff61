/** The calls that a board shows: which of them, in which order, how long. Knows nothing of the page. */

const GONE = new Set(["waiting", "abandoned"]);
const AT_WINDOW = new Set(["called", "serving"]);
const KEPT_MINUTES = 10;
const KEPT_MOST = 200;

export const ROOM = { hero: 11, two: 20, three: 33 };
const RISE_TO_THREE = 20;
const FALL_FROM_THREE = 14;

/** All calls of the board's windows, oldest first. A call that was never drawn has `shown` null. */
export class Calls {
  constructor(isOurs) {
    this.isOurs = isOurs;
    this.list = [];
  }

  /** Returns the call when the event is one to be heard. */
  take({ action, ticket }) {
    if (!ticket) return null;
    if (action === "call" || action === "recall") return this.called(ticket, action === "recall");
    this.moved(ticket, action === "undo");
    return null;
  }

  called(ticket, again) {
    this.drop(ticket.ticket);
    if (!this.isOurs(ticket.window)) return null;
    const call = { ...told(ticket), again, shown: null };
    this.list.push(call);
    return call;
  }

  /** A ticket that waits again, here or elsewhere, isn't called any more; an undone step may call it again. */
  moved(ticket, undone) {
    const known = this.list.find((call) => call.ticket === ticket.ticket);
    if (GONE.has(ticket.state) || (ticket.window && !this.isOurs(ticket.window))) this.drop(ticket.ticket);
    else if (known) Object.assign(known, told(ticket));
    else if (undone && AT_WINDOW.has(ticket.state)) this.insert({ ...told(ticket), again: false, shown: -Infinity });
  }

  /** The whole truth: what isn't in it is gone; what is new and younger than `youth` ms counts as just called. */
  replace(tickets, hallNow, youth) {
    const before = new Map(this.list.map((call) => [call.ticket, call]));
    this.list = [];
    for (const ticket of tickets.filter((one) => this.isOurs(one.window))) {
      const known = before.get(ticket.ticket);
      const young = hallNow - Date.parse(ticket.called_at) < youth;
      const { again, shown } = known?.calls === ticket.calls ? known : { again: false, shown: young ? null : -Infinity };
      this.insert({ ...told(ticket), again, shown });
    }
  }

  insert(call) {
    const after = this.list.findIndex((other) => other.at > call.at);
    this.list.splice(after < 0 ? this.list.length : after, 0, call);
  }

  drop(ticket) {
    this.list = this.list.filter((call) => call.ticket !== ticket);
  }

  /** Calls that nobody waits for any more leave after a while. */
  forget(hallNow) {
    const old = hallNow - KEPT_MINUTES * 60_000;
    this.list = this.list.filter((call) => AT_WINDOW.has(call.state) || call.shown === null || call.at > old);
    this.list = this.list.slice(-KEPT_MOST);
  }
}

function told({ ticket, number, window, service, state, calls, called_at }) {
  return { ticket, number, window, service, state, calls, at: Date.parse(called_at) };
}

/**
 * What to draw now, newest first: one large call beside as many as the layout has `room` for, or a crowd of 20 or 33.
 * A call stays for `hold` ms whatever comes; those for whom there is no room yet come as soon as there is.
 */
export function arrange(list, now, hold, before = "hero", room = ROOM.hero) {
  const mode = modeFor(list.filter((call) => isFresh(call, now, hold)).length, before, room);
  const shown = chosen(list, now, hold, mode === "hero" ? room : ROOM[mode]);
  return { mode, shown: list.filter((call) => shown.has(call)).reverse() };
}

export function isFresh(call, now, hold) {
  return call.shown === null || now - call.shown < hold;
}

/** Turns early to the crowd and late back, so that it doesn't flutter. */
function modeFor(fresh, before, room) {
  const isCrowded = before !== "hero";
  if (fresh > Math.max(room, before === "three" ? FALL_FROM_THREE : RISE_TO_THREE)) return "three";
  if (fresh <= (isCrowded ? Math.floor(room / 2) : room)) return "hero";
  return room < ROOM.two ? "two" : "three";
}

function chosen(list, now, hold, room) {
  const staying = list.filter((call) => call.shown !== null && isFresh(call, now, hold));
  const coming = list.filter((call) => call.shown === null);
  const older = list.filter((call) => !isFresh(call, now, hold)).reverse();
  return new Set([...staying, ...coming, ...older].slice(0, room));
}
