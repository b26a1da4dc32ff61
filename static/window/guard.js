/**
 * Against presses that nobody meant: one press at a time, and none in the first moment after the
 * buttons changed their meaning under the finger.
 */

export const SETTLE_MS = 300;

export class Guard {
  constructor(changed = () => {}, clock = () => performance.now()) {
    this.changed = changed;
    this.clock = clock;
    this.busy = false;
    this.meaning = null;
    this.settledAt = 0;
  }

  /** Tell what the buttons mean now; when that differs from before (true), presses rest for a moment. */
  means(meaning) {
    const isNew = meaning !== this.meaning;
    if (isNew && this.meaning !== null) this.#settle();
    this.meaning = meaning;
    return isNew;
  }

  /** Another window begins. */
  forget() {
    this.meaning = null;
  }

  get open() {
    return !this.busy && this.clock() >= this.settledAt;
  }

  /** Run one press; while it is under way, or just after a change, another one is not even tried. */
  async through(work) {
    if (!this.open) return undefined;
    this.busy = true;
    this.changed();
    try {
      return await work();
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  #settle() {
    this.settledAt = this.clock() + SETTLE_MS;
    setTimeout(this.changed, SETTLE_MS + 5);
  }
}
