// What a line to the hall is made of: events put in order, the hall's clock, and how long nothing was heard.

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
export class HallClock {
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
export class Ear {
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
