// One window as a small card: who sits there, which ticket, for how long, and whether somebody should look.
import { here, make } from "../shared/page.js";
import { data, say } from "./desk.js";
import { keepsSince } from "./hours.js";

/** `level`: what the findings say of the window, bad or caution, or nothing. */
export function windowCard(floor, view, level) {
  const people = floor.callers(view.window);
  const { name } = data.windows[view.window];
  return make("li", { "data-state": stateOf(floor, view), "data-window": view.window, "data-level": level },
    make("b", { class: "id number" }, view.window),
    make("span", { class: "top" }, make("span", { class: "name", title: name }, name), busyFor(floor, view)),
    make("span", { class: "now" }, ...doing(floor, view)),
    make("span", { class: "foot" },
      make("span", { class: "clerk" }, here(view.clerk?.name)),
      people > 0 && make("span", {}, say("people_wait", { n: people }))));
}

/** As the hall knows it; a closed window that keeps hours now is empty. */
function stateOf(floor, view) {
  if (view.state !== "closed") return view.state;
  return keepsSince(view.window, floor.now()) ? "empty" : "closed";
}

function doing(floor, view) {
  const marks = [];
  if (view.ticket) marks.push(make("b", { class: "number" }, view.number), tag(view.ticket_state));
  if (view.state === "paused") marks.push(tag("paused", data.pauses[view.pause_reason]));
  return marks.length ? marks : [tag(view.state === "open" ? "free" : stateOf(floor, view))];
}

/** How long the ticket, else the pause, has lasted. */
function busyFor(floor, view) {
  const ticket = floor.running.get(view.ticket);
  if (!ticket && view.state !== "paused") return null;
  const n = ticket ? floor.busyMinutes(ticket) : floor.minutesSince(view.since);
  return make("span", { class: "minutes" }, say("minutes", { n }));
}

const TINTS = { called: "warm", serving: "deep", paused: "caution", free: "good", empty: "bad", closed: "" };

function tag(state, text = say(state)) {
  return make("span", { class: `tag ${TINTS[state]}` }, text);
}
