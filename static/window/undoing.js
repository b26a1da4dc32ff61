/**
 * What an undo would take back: the window's last presses, newest last, each with its steps in words'
 * reach: [{action, number}]. A press may come as its answer or as events, whichever is first.
 */
const UNDOABLE = new Set(["call", "recall", "serve", "finish", "mark_no_show", "hold", "resume", "transfer",
  "postpone", "reinstate", "confirm_class", "refuse_class"]);
/** How a press is called in its event, where the two differ. */
const EVENT_OF = { call_next: "call", finish_and_next: "call" };
const WITHOUT_TICKET = new Set(["undo", "sit", "leave", "pause", "open"]);
const NO_NEWS = new Set(["other", "sit", "leave", "issue"]);
const KEPT = 5;

export class Undoing {
  constructor(window, seconds) {
    Object.assign(this, { window, seconds, presses: [], seq: -1, undone: null });
  }

  /** After a snapshot: presses known from before keep their words when they end at the same moment. */
  begin(until, seq) {
    this.seq = seq;
    const known = this.presses.findIndex((press) => press.until === until);
    if (!until) this.presses = [];
    else this.presses = known < 0 ? [{ press: null, until, steps: [] }] : this.presses.slice(0, known + 1);
  }

  /** The press that can be taken back now, or null. */
  at(now) {
    const last = this.presses.at(-1);
    return last && Date.parse(last.until) > now ? last : null;
  }

  hear(event) {
    if (event.seq <= this.seq || event.window?.window !== this.window || !event.ticket) return;
    this.seq = event.seq;
    if (event.action === "undo") this.#undo(event.press);
    else if (UNDOABLE.has(event.action)) this.#step(event);
    else this.presses = [];
  }

  answered(answer, press) {
    if (answer.seq > this.seq) this.#answer(answer, press);
    const last = this.presses.at(-1);
    if (!answer.undo_until) this.presses = [];
    else if (last) last.until = answer.undo_until;
  }

  #answer(answer, press) {
    this.seq = answer.seq;
    if (press === "undo") this.presses.pop();
    else if (answer.undo_until && !WITHOUT_TICKET.has(press)) this.#keep({ press: null, until: answer.undo_until, steps: stepsOf(answer, press) });
  }

  /** One press may undo several tickets: it is one undo all the same. */
  #undo(press) {
    if (this.undone !== press) this.presses.pop();
    this.undone = press;
  }

  #step(event) {
    const step = { action: event.action, number: event.ticket.number };
    const last = this.presses.at(-1);
    if (last?.press === event.press && event.press) return last.steps.push(step);
    const until = new Date(Date.parse(event.at) + this.seconds * 1000).toISOString();
    return this.#keep({ press: event.press, until, steps: [step] });
  }

  #keep(press) {
    this.presses = [...this.presses, press].slice(-KEPT);
  }
}

/** What a press did, in the words of its events. */
export function stepsOf(answer, press) {
  if (WITHOUT_TICKET.has(press)) return [{ action: press }];
  const finished = answer.previous ? [{ action: "finish", number: answer.previous.number }] : [];
  const moved = answer.ticket ? [{ action: EVENT_OF[press] ?? press, number: answer.ticket.number }] : [];
  return [...finished, ...moved];
}

/** The same for events; several that one undo made are one step, and who sits is shown elsewhere. */
export function stepsOfEvents(list) {
  const steps = list.filter((event) => !NO_NEWS.has(event.action))
    .map((event) => ({ action: event.action, number: event.ticket?.number }));
  return steps.filter((step, place) => step.action !== "undo" || steps[place - 1]?.action !== "undo");
}
