// What each button and key does: most press at once, some ask first, a few only change what is shown.
import { focusMain } from "./buttons.js";
import { ask } from "./dialogs.js";
import { missing, printSlip } from "./guide.js";
import { actionFor } from "./keys.js";
import { neighbour, onlyButton, showSelected, stepInList } from "./lists.js";
import { news, trouble } from "./message.js";
import { data, fillIn, say } from "./page_parts.js";
import { askPause } from "./pause.js";
import { OUTCOMES, possible } from "./presses.js";
import { sitAt } from "./sitting.js";
import { askTransfer } from "./transfer.js";

export class Acting {
  constructor(work) {
    this.work = work;
  }

  key(event) {
    const action = this.work.desk?.view ? actionFor(event) : null;
    if (!action) return;
    event.preventDefault();
    this.run(action);
  }

  /** `ticket`: the key of the ticket whose row was pressed. */
  run(action, ticket) {
    const { desk, guard } = this.work;
    if (!desk?.view) return undefined;
    if (action in SHOWS) return SHOWS[action](this, ticket);
    if (!guard.open || !this.can()[action]) return undefined;
    return action in ASKS ? ASKS[action](this, ticket) : this.#press(action, ticket);
  }

  can() {
    const { desk, choice } = this.work;
    return possible(desk, choice, this.work.now(), data.limits.calls_before_no_show);
  }

  async send(press, body) {
    const answer = await this.work.sending.send(press, body);
    focusMain();
    return answer;
  }

  select(key) {
    this.work.choice.selected = key === this.work.choice.selected ? null : key;
    this.work.draw();
    showSelected(key);
  }

  #press(action, ticket) {
    if (ticket) this.work.choice.selected = ticket;
    const { press, body } = this.can()[action];
    return this.send(press, body);
  }
}

/** Changes nothing in the hall. */
const SHOWS = {
  help: () => ask("help"),
  select: (acting, ticket) => acting.select(ticket),
  select_next: (acting) => step(acting, 1),
  select_previous: (acting) => step(acting, -1),
  select_none: (acting) => acting.work.choice.selected && acting.select(acting.work.choice.selected),
  outcome_1: (acting) => choose(acting, 0),
  outcome_2: (acting) => choose(acting, 1),
  outcome_3: (acting) => choose(acting, 2),
  outcome_4: (acting) => choose(acting, 3),
  print: ({ work }) => (missing().length ? printMissing(work) : trouble(say("tick_first"))),
  sit_again: ({ work }) => sitAt(work.desk.window, trouble),
};

/** Needs an answer, or a choice in a list, before it presses. */
const ASKS = {
  pause,
  leave,
  resume: (acting, ticket) => fromList(acting, "resume", "held", ticket),
  reinstate: (acting, ticket) => fromList(acting, "reinstate", "no_show", ticket),
  transfer: (acting) => transfer(acting, acting.work.desk.current?.ticket ?? acting.work.choice.selected),
  transfer_this: transfer,
};

async function printMissing(work) {
  try {
    const told = await printSlip(work.desk.current, work.desk.window, work.now());
    if (told) news(told);
  } catch (refusal) {
    trouble(refusal.problem?.detail ?? String(refusal));
  }
}

function step({ work }, by) {
  if (stepInList(by)) return;
  work.choice.selected = neighbour(work.order, work.choice.selected, by);
  work.draw();
  showSelected(work.choice.selected);
}

function choose({ work }, place) {
  if (work.desk.mode !== "serving") return;
  work.choice.outcome = OUTCOMES[place];
  work.draw();
  focusMain();
}

async function pause(acting) {
  const { desk } = acting.work;
  if (desk.paused) return acting.send("open", {});
  const body = await askPause(desk.window, desk.mode === "serving");
  return body ? acting.send("pause", body) : undefined;
}

async function leave(acting) {
  const { desk, order } = acting.work;
  fillIn("leave-title", say("leave", { window: desk.window }));
  fillIn("leave-waiting", order.length ? say("still_waiting", { count: order.length }) : "");
  if ((await ask("leave")) === "yes" && await acting.send("leave", {})) acting.work.chooseAgain();
}

/** The one whose row was pressed, or the only one; among several the keys go to the list first. */
function fromList(acting, press, list, pressed) {
  const ticket = pressed ?? onlyButton(list)?.dataset.ticket;
  return ticket ? acting.send(press, { ticket }) : undefined;
}

async function transfer(acting, key) {
  const { desk } = acting.work;
  const ticket = desk.tickets.get(key);
  const goal = ticket && await askTransfer(ticket, desk.window);
  return goal ? acting.send("transfer", { ticket: key, ...goal }) : undefined;
}
