/**
 * The line between a screen and the hall: one websocket, a snapshot, then every event in order, once.
 *
 *   const hall = openHall({screen: "board", area: "main"}, {
 *     snapshot(state, meta) {},    // the whole truth; meta = {seq, now, speed, simulated, missed}
 *     events(list) {},             // what happened since: in order, each exactly once
 *     lines(list) {}, places(message) {}, scores(rows) {}, figures(own) {}, rated(message) {},
 *     live(isLive, ageSeconds) {}, // every second, and at once when it changes; age null: never heard
 *     refused(problem) {},         // the hall won't have this screen; asked again every 5 s
 *   });
 *   hall.now()   the hall's time, simulated or not      hall.seq   the last event that was delivered
 *   hall.live    heard from within 5 s                  hall.close()
 *
 * After a lost connection the screen is given the events it missed, then a new snapshot. When the hall can't
 * give them any more, the snapshot is all there is and `meta.missed` is true.
 */
import { io } from "/static/vendor/socket.io.esm.min.js";

export const SILENT_AFTER = 5000;
const CONNECT_WITHIN = 4000;
const ANSWER_WITHIN = 8000;
const GAP_PATIENCE = 60;
const BEAT_PATIENCE = 300;
const REFUSED_PAUSE = 5000;
const WAKING = ["online", "pageshow", "focus", "visibilitychange"];

export function openHall(place, handlers, connect = websocket) {
  const line = new Line(place, handlers, connect);
  return {
    now: () => line.clock.now(),
    get seq() { return line.feed.seq; },
    get live() { return line.isLive; },
    close: () => line.close(),
  };
}

/** A websocket to the page's own hall, tried again after 250 ms to 1 s for ever. */
function websocket() {
  return io({
    transports: ["websocket"], forceNew: true, timeout: CONNECT_WITHIN,
    reconnectionDelay: 250, reconnectionDelayMax: 1000, randomizationFactor: 0.3,
  });
}

/** Events come in as they like and go out in order, each once. */
export class Feed {
  constructor() {
    this.seq = null;
    this.waiting = new Map();
  }

  keep(list) {
    for (const event of list) if (this.seq === null || event.seq > this.seq) this.waiting.set(event.seq, event);
  }

  /** Those whose turn it is, up to the hole or to `last`. */
  take(last = Infinity) {
    const ready = [];
    while (this.seq !== null && this.seq < last && this.waiting.has(this.seq + 1)) {
      this.seq += 1;
      ready.push(this.waiting.get(this.seq));
      this.waiting.delete(this.seq);
    }
    return ready;
  }

  startAt(seq) {
    this.seq = seq;
    for (const early of [...this.waiting.keys()]) if (early <= seq) this.waiting.delete(early);
  }

  get hole() { return this.waiting.size > 0; }
}

/** The hall's time between two beats; a simulated clock may run faster than ours. */
class HallClock {
  constructor() {
    this.set(new Date().toISOString(), 1);
  }

  set(iso, speed = this.speed) {
    this.speed = speed;
    this.base = Date.parse(iso);
    this.at = performance.now();
  }

  now() {
    return new Date(this.base + (performance.now() - this.at) * this.speed);
  }
}

/** When the hall was last heard: by two clocks, because one of them may stand still while the machine sleeps. */
class Ear {
  constructor() {
    this.hear(false);
  }

  hear(heard = true) {
    Object.assign(this, { heard, mono: performance.now(), wall: Date.now() });
  }

  get silence() {
    return Math.max(performance.now() - this.mono, Date.now() - this.wall);
  }
}

class Line {
  constructor(place, handlers, connect) {
    Object.assign(this, { place, handlers, joined: false, isLive: false, asking: false, refusal: null, turn: 0 });
    Object.assign(this, { feed: new Feed(), clock: new HallClock(), ear: new Ear(), socket: connect() });
    this.listen();
    this.watch();
    for (const sign of WAKING) addEventListener(sign, this.look);
  }

  listen() {
    const socket = this.socket;
    socket.on("connect", () => this.join());
    socket.on("disconnect", (reason) => this.lost(reason));
    socket.on("connect_error", () => this.again());
    socket.onAny(() => this.joined && this.ear.hear());
    socket.on("events", (message) => this.arrived(message.events));
    socket.on("beat", (beat) => this.joined && this.beat(beat));
    socket.on("lines", (message) => this.joined && this.tell("lines", message.lines));
    socket.on("scores", (message) => this.joined && this.tell("scores", message.rows));
    for (const name of ["places", "figures", "rated"]) socket.on(name, (message) => this.joined && this.tell(name, message));
    if (socket.connected) this.join();
  }

  /** Looks each second, and at the very moment when the silence has lasted too long. */
  watch() {
    const left = SILENT_AFTER - this.ear.silence;
    this.timer = setTimeout(() => this.watch(this.look()), left > 0 ? Math.min(1000, left + 1) : 1000);
  }

  look = () => {
    const { silence, heard } = this.ear;
    if (!heard && silence < SILENT_AFTER) return;
    this.isLive = heard && silence < SILENT_AFTER;
    this.tell("live", this.isLive, heard ? silence / 1000 : null);
    if (!this.isLive && this.joined) this.reconnect();
  };

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
    return new Promise((resolve) => {
      this.socket.timeout(ANSWER_WITHIN).emit(...question, (late, answer) => {
        if (turn !== this.turn) return;
        if (late || !answer) this.reconnect();
        else resolve(answer);
      });
    });
  }

  async join() {
    this.turn += 1;
    this.joined = false;
    this.asking = false;
    const answer = await this.ask("join", this.place);
    if (!answer.ok) return this.turnedAway(answer.problem);
    this.clock.set(answer.now, answer.speed);
    const whole = await this.fillUpTo(answer.seq);
    this.feed.startAt(answer.seq);
    this.joined = true;
    this.refusal = null;
    this.ear.hear();
    const { snapshot, seq, now, speed, simulated } = answer;
    this.tell("snapshot", snapshot, { seq, now, speed, simulated, missed: !whole });
    this.look();
    this.arrived([]);
  }

  /** The events between the last one we had and the snapshot; false when the hall can't give them any more. */
  async fillUpTo(seq) {
    if (this.feed.seq === null || this.feed.seq === seq) return true;
    if (this.feed.seq > seq) return false;
    const answer = await this.ask("catch_up", { since: this.feed.seq });
    if (!answer.ok) return false;
    this.feed.keep(answer.events);
    this.deliver(seq);
    return this.feed.seq === seq;
  }

  arrived(list) {
    this.feed.keep(list);
    if (!this.joined) return;
    this.deliver();
    if (this.feed.hole) this.soon(GAP_PATIENCE, this.feed.seq + 1);
  }

  deliver(last) {
    const ready = this.feed.take(last);
    if (ready.length) this.tell("events", ready);
  }

  beat(beat) {
    this.clock.set(beat.now);
    if (beat.seq > this.feed.seq) this.soon(BEAT_PATIENCE, beat.seq);
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
    this.turn += 1;
    this.joined = false;
    this.feed.waiting.clear();
    if (reason === "io server disconnect") this.again();
  }

  /** For the cases in which the library gives up by itself. */
  again() {
    setTimeout(() => this.closed || this.socket.active || this.socket.connect(), 1000);
  }

  reconnect() {
    this.socket.disconnect();
    this.socket.connect();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    for (const sign of WAKING) removeEventListener(sign, this.look);
    this.socket.disconnect();
  }
}
