/**
 * What each button would press now: a pure look at the desk, so that buttons and keys always agree.
 * possible(...) -> {action: {press, body} | null}; the body names the ticket that the clerk looks at, and is
 * left out where something must be asked first.
 */

export const OUTCOMES = ["done", "more_needed", "referred", "withdrawn"];

/** `choice`: {outcome, selected: key or null}; `callsFirst`: how many calls must come before a no-show. */
export function possible(desk, choice, now, callsFirst = 1) {
  const { mode } = desk;
  if (mode === "away") return {};
  return {
    ...atWindow(desk, mode, choice, callsFirst), ...fromLists(desk, mode, choice), ...ofSeat(desk, mode),
    undo: desk.undoing.at(now) ? { press: "undo", body: {} } : null,
  };
}

/** What the big button means now, in one word; null: nothing. */
export function meaning(desk) {
  const words = { idle: "next", called: "start", paused: "open_again", away: null };
  if (desk.mode !== "serving") return words[desk.mode];
  return desk.paused ? "finish" : "finish_and_next";
}

const PRESS_OF = {
  next: "call_next", start: "serve", finish: "finish", finish_and_next: "finish_and_next", open_again: "open",
};

function atWindow(desk, mode, { outcome }, callsFirst) {
  const ticket = desk.current?.ticket;
  const called = mode === "called";
  const finish = { ticket, outcome };
  const bodies = { start: { ticket }, finish, finish_and_next: finish };
  return {
    primary: { press: PRESS_OF[meaning(desk)], body: bodies[meaning(desk)] ?? {} },
    recall: called ? { press: "recall", body: { ticket } } : null,
    mark_no_show: called && desk.current.calls >= callsFirst
      ? { press: "mark_no_show", body: { ticket } } : null,
    finish: mode === "serving" ? { press: "finish", body: finish } : null,
    ...ofClass(desk, ticket),
    hold: mode === "serving" ? { press: "hold", body: { ticket } } : null,
  };
}

/** Whether the class is due: asked only where the hall wants it seen, and never needed in order to go on. */
function ofClass(desk, ticket) {
  const asked = desk.isClassOpen;
  return {
    refuse_class: asked ? { press: "refuse_class", body: { ticket } } : null,
    confirm_class: asked ? { press: "confirm_class", body: { ticket } } : null,
  };
}

function fromLists(desk, mode, { selected }) {
  const ticket = selected;
  const free = mode === "idle";
  return {
    call: free && ticket ? { press: "call", body: { ticket } } : null,
    postpone: ticket ? { press: "postpone", body: { ticket } } : null,
    transfer: desk.current || ticket ? { press: "transfer" } : null,
    transfer_this: { press: "transfer" },
    resume: free && desk.list("held").length ? { press: "resume" } : null,
    reinstate: desk.list("no_show").length ? { press: "reinstate" } : null,
  };
}

function ofSeat(desk, mode) {
  const pause = desk.paused ? { press: "open", body: {} } : { press: "pause" };
  return {
    pause: mode === "called" ? null : pause,
    leave: desk.current ? null : { press: "leave", body: {} },
  };
}
