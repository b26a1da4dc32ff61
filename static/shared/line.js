/**
 * The line between a screen and the hall: one websocket, a snapshot, then every event in order, once.
 *
 *   const hall = openLine({screen: "board", area: "main"}, {
 *     snapshot(state, meta) {},    // the whole truth; meta = {seq, now, speed, simulated, missed, rewound}
 *     events(list) {},             // what happened since: in order, each exactly once
 *     lines(list) {}, places(message) {}, scores(rows) {}, figures(own) {}, rated(message) {}, board(message) {},
 *     announcing(message) {},
 *     live(isLive, ageSeconds) {}, // every second, and at once when it changes; age null: never heard
 *     refused(problem) {},         // the hall won't have this screen; asked again every 5 s
 *   });
 *   hall.now()   the hall's time, simulated or not      hall.seq   the last event that was delivered
 *   hall.live    heard from within 5 s                  hall.close()
 *   hall.question(name, message)   the hall's answer to something of the page's own, or null
 *
 * After a lost connection the screen is given the events it missed, then a new snapshot. When the hall can't
 * give them any more, the snapshot is all there is and `meta.missed` is true; `meta.rewound`: its history is another
 * one now, restored from a backup. Whenever a screen is back, its page hears the event "hallback".
 */
import { Ear, Feed, HallClock } from "./feed.js";

export const SILENT_AFTER = 5000;
/** A line that says nothing for so long is left for a new one: two beats are late. */
const DROPPED_AFTER = 3500;
/** A line that is closed for so long is no longer called live. */
const CLOSED_AFTER = 1000;
const LOOK_EVERY = 200;
/** A connection that takes longer is tried anew. */
export const CONNECT_WITHIN = 4000;
const ANSWER_WITHIN = [2000, 4000, 8000];
const KNOCK_AT = new URL("theme.js", import.meta.url).pathname;
/** Often: a browser knocks through its idle connections first, and those may be dead. */
const KNOCK_EVERY = 180;
const KNOCK_WITHIN = 500;
/** A connection takes about five round trips, a knock at least one. */
const ROUND_TRIPS = 6;
const HANGING_AFTER = 700;
const GAP_PATIENCE = 60;
const BEAT_PATIENCE = 300;
const REFUSED_PAUSE = 5000;
const WAKING = ["online", "pageshow", "focus", "visibilitychange"];

export function openLine(place, handlers, connect) {
  const line = new Line(place, handlers, connect);
  return {
    now: () => line.clock.now(),
    get seq() { return line.feed.seq; },
    get live() { return line.isLive; },
    question: (name, message) => line.question(name, message),
    close: () => line.close(),
  };
}

class Line {
  constructor(place, handlers, connect) {
    Object.assign(this, { place, handlers, joined: false, isLive: false, asking: false, refusal: null, turn: 0 });
    Object.assign(this, { feed: new Feed(), clock: new HallClock(), ear: new Ear(), socket: connect() });
    Object.assign(this, { early: [], last: null, low: null, unanswered: 0, toldAt: 0, knockedAt: 0 });
    this.closedAt = this.dialledAt = performance.now();
    this.listen();
    this.timer = setInterval(this.look, LOOK_EVERY);
    for (const sign of WAKING) addEventListener(sign, this.look);
  }

  listen() {
    const socket = this.socket;
    socket.on("connect", () => this.join());
    socket.on("disconnect", (reason) => this.lost(reason));
    socket.on("connect_error", () => this.again());
    socket.io?.on("reconnect_attempt", () => this.dialled());
    socket.onAny(() => this.joined && this.ear.hear());
    socket.on("events", (message) => this.arrived(message.events));
    socket.on("beat", (beat) => this.joined && this.beat(beat));
    socket.on("lines", (message) => this.after("lines", message.lines));
    socket.on("scores", (message) => this.after("scores", message.rows));
    for (const name of ["places", "figures", "rated", "board", "announcing", "printer", "slip", "printers"]) socket.on(name, (message) => this.after(name, message));
    if (socket.connected) this.join();
  }

  /** Pictures that come before the snapshot are newer than it is, or in it: they are told after it. */
  after(name, message) {
    if (this.joined) this.tell(name, message);
    else this.early.push([name, message]);
  }

  /** Often; the page is told each second, and at once when it changes. */
  look = () => {
    const { silence, heard } = this.ear;
    const now = performance.now();
    if (!this.socket.connected) this.wonder(now);
    if (!heard && silence < SILENT_AFTER) return;
    const isClosed = !this.joined && now - this.closedAt >= CLOSED_AFTER;
    const isLive = heard && silence < SILENT_AFTER && !isClosed;
    if (isLive !== this.isLive || now - this.toldAt >= 1000) {
      this.toldAt = now;
      this.isLive = isLive;
      this.tell("live", isLive, heard ? silence / 1000 : null);
    }
    if (this.joined && silence >= DROPPED_AFTER) this.reconnect();
  };

  dialled() {
    this.dialledAt = performance.now();
  }

  /** A connection begun in a broken wire may hang there when the wire is whole again. */
  wonder(now) {
    if (now - this.dialledAt < KNOCK_EVERY || now - this.knockedAt < KNOCK_EVERY) return;
    this.knockedAt = now;
    this.knock(now, this.dialledAt);
  }

  /** The hall answers a younger and smaller question: the older one is lost. */
  async knock(knockedAt, dialledAt) {
    const signal = AbortSignal.timeout?.(KNOCK_WITHIN);
    const answer = await fetch(KNOCK_AT, { method: "HEAD", cache: "no-store", signal }).catch(() => null);
    const now = performance.now();
    const isDue = now - dialledAt > Math.max(HANGING_AFTER, ROUND_TRIPS * (now - knockedAt));
    if (answer?.ok && isDue && dialledAt === this.dialledAt && !this.socket.connected && !this.closed) this.reconnect();
  }

  /** A page's mistake in one message must not cost it the next one. */
  tell(name, ...message) {
    try {
      this.handlers[name]?.(...message);
    } catch (fault) {
      reportError(fault);
    }
  }

  /** The hall's answer; nothing at all when this connection was given up meanwhile. */
  ask(...question) {
    const turn = this.turn;
    const patience = ANSWER_WITHIN[Math.min(this.unanswered, ANSWER_WITHIN.length - 1)];
    return new Promise((resolve) => {
      this.socket.timeout(patience).emit(...question, (late, answer) => {
        if (turn !== this.turn) return;
        this.unanswered = late ? this.unanswered + 1 : 0;
        if (late || !answer) this.reconnect();
        else resolve(answer);
      });
    });
  }

  question(name, message) {
    if (!this.joined) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.socket.timeout(ANSWER_WITHIN[0]).emit(name, message, (late, answer) => resolve(late ? null : answer));
    });
  }

  async join() {
    this.leave();
    const answer = await this.ask("join", this.place);
    if (!answer.ok) return this.turnedAway(answer.problem);
    this.clock.set(answer.now, answer.speed);
    const history = await this.fillUpTo(answer.seq);
    this.begin(answer, { missed: history !== "whole", rewound: history === "other" });
    this.look();
    this.arrived([]);
    dispatchEvent(new Event("hallback"));
  }

  begin({ snapshot, seq, now, speed, simulated }, gap) {
    if (gap.missed) this.last = null;
    this.feed.startAt(seq);
    this.joined = true;
    this.refusal = null;
    this.ear.hear();
    this.tell("snapshot", snapshot, { seq, now, speed, simulated, ...gap });
    for (const message of this.early.splice(0)) this.tell(...message);
  }

  /** What was asked before doesn't count any more. */
  leave() {
    this.turn += 1;
    if (this.joined) this.closedAt = performance.now();
    Object.assign(this, { joined: false, asking: false, low: null, early: [] });
  }

  /**
   * Delivers the events between the last one we had and the snapshot: "whole"; "hole" when the hall can't give them
   * any more; "other" when it has another history, shorter or with another last event than ours.
   */
  async fillUpTo(seq) {
    const { feed, last } = this;
    if (feed.seq === null || feed.seq === seq) return "whole";
    if (feed.seq > seq) return "other";
    const answer = await this.ask("catch_up", { since: last ? last.seq - 1 : feed.seq });
    if (!answer.ok) return "hole";
    const again = answer.events.find((event) => event.seq === last?.seq);
    if (again && again.at !== last.at) return "other";
    feed.keep(answer.events);
    this.deliver(seq);
    return feed.seq === seq ? "whole" : "hole";
  }

  arrived(list) {
    this.feed.keep(list);
    if (!this.joined) return;
    this.deliver();
    if (this.feed.hole) this.soon(GAP_PATIENCE, this.feed.seq + 1);
  }

  deliver(last) {
    const ready = this.feed.take(last);
    if (!ready.length) return;
    this.last = ready.at(-1);
    this.tell("events", ready);
  }

  beat(beat) {
    this.clock.set(beat.now);
    if (beat.seq > this.feed.seq) this.soon(BEAT_PATIENCE, beat.seq);
    this.compare(beat.seq);
  }

  /** One beat may be older than the last event; two in a row mean that the hall has gone back. */
  compare(seq) {
    const low = seq < this.feed.seq ? this.feed.seq : null;
    if (low !== null && low === this.low) this.join();
    else this.low = low;
  }

  /** What is late may still be on its way: wait a moment before asking for it. */
  soon(patience, seq) {
    const turn = this.turn;
    setTimeout(() => turn === this.turn && this.feed.seq < seq && this.catchUp(), patience);
  }

  async catchUp() {
    if (this.asking) return;
    this.asking = true;
    const answer = await this.ask("catch_up", { since: this.feed.seq });
    this.asking = false;
    if (answer.ok) this.feed.keep(answer.events);
    this.deliver();
    if (!answer.ok || this.feed.hole) this.join();
  }

  turnedAway(problem) {
    const turn = this.turn;
    if (this.refusal !== problem.code) this.tell("refused", problem);
    this.refusal = problem.code;
    setTimeout(() => turn === this.turn && this.join(), REFUSED_PAUSE);
  }

  lost(reason) {
    this.leave();
    this.feed.waiting.clear();
    if (reason === "io server disconnect") this.again();
  }

  /** For the cases in which the library gives up by itself. */
  again() {
    setTimeout(() => this.closed || this.socket.active || this.socket.connect(), 1000);
  }

  reconnect() {
    this.leave();
    this.socket.disconnect();
    this.dialled();
    this.socket.connect();
  }

  close() {
    this.closed = true;
    clearInterval(this.timer);
    for (const sign of WAKING) removeEventListener(sign, this.look);
    this.socket.disconnect();
  }
}
