// Numbers for the time without the hall: a supply reserved beforehand, and what was handed out of it.
import { freshKey } from "../shared/press.js";
import { Shelf } from "./shelf.js";
import { classOf } from "./taking.js";
import { dayOf } from "./times.js";

/** So many seconds without the hall are no hiccup any more. */
const CUT_OFF_AFTER = 5;
const SUPPLY = "supply", HANDED = "handed/";
const THIS_PAGE = freshKey();

export class Reserve {
  constructor(desk) {
    Object.assign(this, { desk, shelf: new Shelf(), supply: null, cutOff: false, speed: 1 });
  }

  async begin() {
    this.supply = await this.shelf.get(SUPPLY);
  }

  /** Each second: whether the hall is heard, and if not, since how many seconds; null: never was. */
  hear(isLive, age) {
    const cutOff = !isLive && age !== null && age >= CUT_OFF_AFTER;
    if (cutOff === this.cutOff) return;
    this.cutOff = cutOff;
    this.desk.tell("live");
    this.desk.tell("lines");
  }

  /** The supply, if it is of this hall and of today. */
  get today() {
    const { desk, supply } = this;
    return supply && supply.hall === desk.data.hall.id && supply.day === dayOf(desk, desk.now()) ? supply : null;
  }

  /** Cut off, and there is a number to hand out. */
  get ready() {
    return this.cutOff && !this.desk.problem && (this.today?.numbers.length ?? 0) > 0;
  }

  /** What is still known of a line: that it gives no numbers now. */
  line(id) {
    const status = this.desk.services.get(id).real_name ? "real_name" : this.status(id);
    if (status === "ends_late") return { ...this.desk.lines.get(id) };
    return status === "open" ? null : { service: id, status, opens_at: null };
  }

  status(id) {
    const last = this.desk.lines.get(id)?.status;
    if (last === "full" || last === "ends_late") return last;
    const now = this.desk.now().toISOString();
    const hours = this.today.open_today.find((group) => group.services.includes(id))?.stretches ?? [];
    return hours.some(([from, to]) => from <= now && now < to) ? "open" : "closed";
  }

  /** A number out of the supply, shown as the hall would have; null when there is none left. */
  async handOut(service, { ground, pressed }) {
    const day = this.today?.day;
    if (!day || this.line(service.id)) return null;
    const made = await this.shelf.change(SUPPLY, (supply) => {
      if (supply?.day !== day || !supply.numbers.length) return null;
      const [number, ...numbers] = supply.numbers;
      return [{ ...supply, numbers }, this.entry(number, day, service, ground, pressed)];
    });
    if (!made) return null;
    const [supply, entry] = made;
    this.supply = supply;
    if (!supply.numbers.length) this.desk.tell("live");
    return shown(this.desk, entry);
  }

  entry(number, day, service, ground, pressed) {
    return {
      ...number, id: `${HANDED}${day}/${number.number}`, service: service.id, ground, language: this.desk.data.language,
      ticket_class: classOf(this.desk, ground).ticket_class ?? "walk_in",
      instead_of: pressed?.key ?? null, page: THIS_PAGE, ticking: performance.now(), wall: Date.now(),
    };
  }

  handed() {
    return this.shelf.all(HANDED);
  }

  /** By a clock that nobody sets, as long as this page has run; after a new start by the machine's own. */
  secondsAgo({ page, ticking, wall }) {
    const real = page === THIS_PAGE ? performance.now() - ticking : Date.now() - wall;
    return Math.max(0, real / 1000) * this.speed;
  }

  async forget(entry) {
    await this.shelf.remove(entry.id);
  }

  async replace(work) {
    const made = await this.shelf.change(SUPPLY, (supply) => [work(supply)]);
    [this.supply] = made;
  }
}

function shown(desk, { number, ticket, service, picture, ground }) {
  const qr = picture ? `data:image/svg+xml,${encodeURIComponent(picture)}` : null;
  const joined = desk.now().toISOString();
  return { ticket: { ticket, number }, service, joined_at: joined, ahead: null, low: null, high: null, qr, ground, reserve: true };
}
