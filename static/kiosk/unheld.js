// A press whose answer never came and whose visitor has gone, or whose page was loaded again: when the hall is back it
// says what became of it, and the number that nobody holds is given up.
import { press, PressRefused } from "../shared/press.js";

const PLACE = "kiosk.unheld";
const STANDING_THERE = new Set(["s", "id"]);

export class Unheld {
  constructor(desk) {
    Object.assign(this, { desk, known: JSON.parse(sessionStorage.getItem(PLACE) ?? "null"), busy: false });
    this.gone = this.known !== null;
    desk.addEventListener("live", () => this.settle());
    desk.addEventListener("view", () => this.settle());
  }

  /** The press is on its way: kept for the case that the page is loaded again. A document's number is not. */
  sent(key, body) {
    Object.assign(this, { known: null, gone: false });
    if (!body.identity) sessionStorage.setItem(PLACE, JSON.stringify({ key, body }));
  }

  /** No answer came; the visitor may press again, or go. */
  unsure(key, body) {
    this.known = { key, body };
  }

  /** Its visitor knows what became of it. */
  told() {
    this.known = null;
    sessionStorage.removeItem(PLACE);
  }

  /** Somebody may still stand before it and press again. */
  get isAwaited() {
    return !this.gone && STANDING_THERE.has(this.desk.walk.steps[0]);
  }

  async settle() {
    if (this.busy || !this.known || !this.desk.live || this.isAwaited) return;
    this.busy = true;
    const settled = await giveUp(this.known).then(() => true, isFinal);
    if (settled) this.told();
    this.busy = false;
  }
}

async function giveUp({ key, body }) {
  const { link } = await press("/api/v1/tickets", body, { key });
  await press(`/api/v1${link}/abandon`, {}, { key: `${key}-unheld` });
}

function isFinal(trouble) {
  return trouble instanceof PressRefused;
}
