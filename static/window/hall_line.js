// The terminal's line to the hall, which can be asked for a fresh picture at any moment.
import { openHall } from "../shared/hall.js";

export class HallLine {
  /** `handlers` as openHall takes them. */
  constructor(place, handlers) {
    Object.assign(this, { place, handlers, fresh: null });
    this.hall = this.#open();
  }

  now() {
    return this.hall.now();
  }

  get live() {
    return this.hall.live;
  }

  /** Join anew beside the present line, which goes on until the new picture is there. */
  refresh() {
    this.fresh ??= new Promise((resolve) => {
      const hall = this.#open((isIn) => {
        (isIn ? this.hall : hall).close();
        if (isIn) this.hall = hall;
        this.fresh = null;
        resolve();
      });
    });
    return this.fresh;
  }

  close() {
    this.hall.close();
  }

  /** `decided(isIn)` is called once, when the hall has let this screen in or refused it. */
  #open(decided = () => {}) {
    let isOpen = false;
    const decide = (isIn) => {
      if (!isOpen) decided(isIn);
      isOpen = true;
    };
    return openHall(this.place, {
      ...this.handlers,
      snapshot: (picture, meta) => {
        decide(true);
        this.handlers.snapshot(picture, meta);
      },
      refused: (problem) => {
        decide(false);
        this.handlers.refused(problem);
      },
      live: (isLive, age) => (isOpen || !this.fresh) && this.handlers.live(isLive, age),
    });
  }
}
