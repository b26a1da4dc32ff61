// Working at a window: the hall's news come in, the page is drawn, and what the clerk does goes to Acting.
import { Acting } from "./acting.js";
import { drawButtons, focusMain } from "./buttons.js";
import { Desk } from "./desk.js";
import { withdraw } from "./dialogs.js";
import { drawFigures } from "./figures.js";
import { Guard } from "./guard.js";
import { drawGuide } from "./guide.js";
import { HallLine } from "./hall_line.js";
import { drawLists, drawListsLoading, inOrder } from "./lists.js";
import { news, sentenceOf, trouble } from "./message.js";
import { drawLoading, drawNow, drawTimer } from "./now.js";
import { data, say } from "./page_parts.js";
import { Sending } from "./sending.js";
import { isAway } from "./turns.js";
import { drawUndo } from "./undo_button.js";
import { stepsOf, stepsOfEvents } from "./undoing.js";

const REDRAW_EVERY = 10_000;
/** A rule of the hall went on or off: what this window takes, and in which order, is asked anew. */
const RULED = new Set(["rule_on", "rule_off"]);

export class Work {
  /** `live` as hall.js calls it; `chooseAgain()` goes back to the choice of a window. */
  constructor({ live, chooseAgain }) {
    Object.assign(this, { live, chooseAgain, desk: null, line: null, order: [], drawing: 0, drawnAt: 0, told: -1 });
    this.guard = new Guard(() => this.desk && drawButtons(this));
    this.acting = new Acting(this);
  }

  open(window) {
    this.choice = { outcome: "done", selected: null };
    this.guard.forget();
    this.desk = new Desk(window, data.me.id, data.limits.undo_seconds);
    this.line = new HallLine({ screen: "terminal", window }, {
      snapshot: (picture, meta) => this.#begin(picture, meta),
      events: (list) => this.#heard(list),
      figures: drawFigures,
      live: this.live,
      refused,
    });
    this.sending = new Sending(this.desk, this.guard, this.line, {
      done: (press, answer) => this.#answered(press, answer), refused, doubt: trouble,
    });
    drawLoading();
    drawListsLoading();
    drawButtons(this);
  }

  close() {
    this.line?.close();
    clearTimeout(this.drawing);
    Object.assign(this, { desk: null, line: null, drawing: 0 });
  }

  get isSeated() {
    return Boolean(this.desk?.view) && this.desk.mode !== "away";
  }

  /** The hall's time, once the hall has told it. */
  now() {
    return this.desk?.view ? this.line.now() : null;
  }

  /** Running times each half second; waits and call order now and then. */
  tick() {
    if (!this.desk?.view) return;
    drawTimer(this.desk.current, this.now());
    drawUndo(this.desk, this.now());
    if (performance.now() - this.drawnAt > REDRAW_EVERY) this.draw();
  }

  /** Several changes that come together are drawn once. */
  changed() {
    this.drawing ||= setTimeout(() => this.draw());
  }

  draw() {
    clearTimeout(this.drawing);
    this.drawing = 0;
    if (!this.desk?.view) return;
    const { desk, choice } = this;
    const now = this.now().getTime();
    this.drawnAt = performance.now();
    this.order = inOrder(desk, now);
    this.#settle();
    if (!this.order.some((ticket) => ticket.ticket === choice.selected)) choice.selected = null;
    drawNow(desk, this.order.find((ticket) => !isAway(ticket, now)), choice, now);
    drawGuide(desk.current, desk.mode === "serving" && choice.outcome === "more_needed");
    drawLists(desk, this.order, choice.selected, now);
    drawUndo(desk, now);
    drawButtons(this);
    document.title = titleOf(desk, this.order.length);
  }

  /** A new state begins with nothing chosen, and what was asked about the old one is withdrawn. */
  #settle() {
    const { desk, choice } = this;
    if (this.guard.means([desk.mode, desk.current?.ticket, desk.paused].join(" "))) {
      Object.assign(choice, { outcome: "done", selected: null });
      withdraw();
    }
  }

  #begin(picture, { seq, rewound }) {
    const first = !this.desk.view;
    if (rewound) this.told = this.desk.forget();
    this.desk.begin(picture, seq);
    this.told = Math.max(this.told, seq);
    drawFigures(picture.figures);
    this.draw();
    if (first) focusMain();
  }

  #heard(list) {
    for (const event of list) this.desk.hear(event);
    if (list.some((event) => RULED.has(event.action))) this.line.refresh();
    this.#settle();
    this.#tell(list.filter((event) => event.seq > this.told && event.window?.window === this.desk.window));
    this.changed();
  }

  #answered(press, answer) {
    this.told = Math.max(this.told, answer.seq);
    this.desk.answered(answer, press);
    this.choice.selected = null;
    news(sentenceOf(stepsOf(answer, press), "done", this.desk.window));
    this.draw();
  }

  /** What another terminal, or the citizen's phone, did at this window. */
  #tell(list) {
    const sentence = sentenceOf(stepsOfEvents(list), "done", this.desk.window);
    this.told = Math.max(this.told, ...list.map((event) => event.seq));
    if (sentence) news(sentence);
  }
}

/** Whose session has ended signs in again and comes back. */
export function refused(problem) {
  trouble(problem.detail ?? problem.title);
  if (problem.code === "not_signed_in") location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
}

function titleOf(desk, waiting) {
  const who = desk.current?.number ?? say("waiting", { count: waiting });
  return `${who} · ${say("window", { window: desk.window })}`;
}
