// What a visitor or a reader types: kept in memory only, as long as the view is there.
import { fits, LENGTHS, numberIn } from "./document.js";

const MOST = 200;
/** Between two signs of a reader there is no longer pause than this. */
const READER = 300;

export class Typing {
  /** `changed` after every sign, `entered` after Enter; `isBusy` says when nothing is taken. */
  constructor(desk, { changed, entered, isBusy }) {
    Object.assign(this, { desk, changed, entered, isBusy, kind: "resident" });
    this.hear = (press) => this.key(press);
    this.wipe = () => this.clear();
    addEventListener("keydown", this.hear, { capture: true });
    addEventListener("pagehide", this.wipe);
    this.forget();
  }

  /** Nothing is left of what was typed. */
  leave() {
    removeEventListener("keydown", this.hear, { capture: true });
    removeEventListener("pagehide", this.wipe);
    this.forget();
  }

  forget() {
    Object.assign(this, { field: "", burst: "", at: -READER });
  }

  clear() {
    this.forget();
    this.changed();
  }

  turn() {
    this.kind = this.kind === "resident" ? "other" : "resident";
    this.clear();
  }

  erase() {
    this.field = this.field.slice(0, -1);
    this.changed();
  }

  type(sign) {
    if (fits(sign, this.field, this.kind)) this.field += sign;
    this.changed();
  }

  get isFull() {
    return this.field.length === LENGTHS[this.kind];
  }

  get number() {
    return numberIn(this.field, this.kind, this.desk.now());
  }

  get isReading() {
    return performance.now() - this.at < READER;
  }

  /** A reader types its whole line within a moment and ends it with Enter, wherever the focus is. */
  key(press) {
    if (press.ctrlKey || press.altKey || press.metaKey || document.querySelector("dialog[open]")) return;
    const onButton = document.activeElement?.closest("button, a");
    if (press.key === "Enter" && (this.isReading || !onButton)) this.take(press, () => this.enter());
    else if (press.key === "Backspace") this.take(press, () => this.erase());
    else if (!this.isReading && ["*", "+", "-"].includes(press.key)) return;
    else if ([...press.key].length === 1 && (press.key !== " " || this.isReading)) this.take(press, () => this.hearSign(press.key));
  }

  take(press, work) {
    press.preventDefault();
    press.stopPropagation();
    if (!this.isBusy()) work();
  }

  hearSign(key) {
    this.burst = (this.isReading ? this.burst + key : key).slice(-MOST);
    this.at = performance.now();
    this.type(key.normalize("NFKC").toUpperCase());
  }

  /** The number is picked out of all that the reader typed; the rest is dropped. */
  enter() {
    const read = numberIn(this.burst, this.kind, this.desk.now());
    if (read) this.field = read;
    this.burst = "";
    this.at = -READER;
    this.changed();
    this.entered();
  }
}
