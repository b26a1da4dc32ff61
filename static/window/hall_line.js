// The terminal's line to the hall, which can be asked for a fresh picture at any moment.
import { openHall } from "/static/shared/hall.js";

export class HallLine {
  /** `handlers` as openHall takes them. */
  constructor(place, handlers) {
    Object.assign(this, { place, handlers, fresh: null });
    this.hall = this.#open(() => {});
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
      const hall = this.#open(() => {
        this.hall.close();
        this.hall = hall;
        this.fresh = null;
        resolve();
      });
    });
    return this.fresh;
  }

  close() {
    this.hall.close();
  }

  #open(first) {
    let seen = false;
    return openHall(this.place, {
      ...this.handlers,
      snapshot: (picture, meta) => {
        if (!seen) first();
        seen = true;
        this.handlers.snapshot(picture, meta);
      },
      live: (isLive, age) => (isLive || !this.fresh || seen) && this.handlers.live(isLive, age),
    });
  }
}
