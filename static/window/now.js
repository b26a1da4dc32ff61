// The card of the ticket at the window: who is here, for how long, and what the big button does.
import { here } from "../shared/page.js";
import {
  clockOf, data, fillIn, find, findAll, minutesSince, say, services, showPart, timeOf,
} from "./page_parts.js";
import { meaning } from "./presses.js";
import { drawRealName } from "./real_name.js";
import { tagsOf } from "./tags.js";

const CARD = find("[data-now]");
const TINT = { idle: "good", called: "warm", serving: "deep", paused: "caution", away: "" };
const NEXT_WORDS = "next";

/** Before the hall's first picture of the window: nothing is known, so nothing is told. */
export function drawLoading() {
  CARD.dataset.mode = "away";
  head(say("loading"), "", "");
  find("[data-tags]").replaceChildren();
  fillIn("primary", say("loading"));
  drawOutcomes("away", null);
  drawTimer(null, 0);
  drawRealName(null);
  showPart("question", false);
  showPart("away", false);
  find('[data-action="undo"]').hidden = true;
}

export function drawNow(desk, first, choice, now) {
  const { mode, current } = desk;
  CARD.dataset.mode = mode;
  drawWho(desk, first, now);
  find("[data-tags]").replaceChildren(...tagsOf(current ?? (mode === "idle" && first) ?? {}));
  fillIn("primary", say(meaning(desk) ?? NEXT_WORDS));
  drawOutcomes(mode, choice.outcome);
  showPart("question", mode !== "away" && desk.isClassOpen);
  drawTimer(current, now);
  drawRealName(mode === "away" ? null : current);
  drawSeat(desk);
}

/** Who is at the window; while nobody is, who would come next. */
function drawWho(desk, first, now) {
  const { mode, current, view } = desk;
  if (current) return head(say(`is_${mode}`), current.number, aboutCurrent(current));
  if (mode === "paused") return head(say("is_paused"), reasonOf(view), signOf(view));
  if (mode === "away") return head(say("is_away"), "", "");
  if (first) return head(say("next_up"), first.number, aboutWaiting(first, now));
  return head(say("is_free"), "", say("nobody"));
}

function head(heading, number, about) {
  fillIn("heading", heading);
  fillIn("number", number);
  fillIn("about", about);
}

function aboutCurrent(ticket) {
  const waited = ticket.called_at ? minutesSince(ticket.joined_at, Date.parse(ticket.called_at)) : 0;
  const parts = [nameOf(ticket), say("waited", { minutes: waited })];
  if (ticket.calls > 1) parts.push(say("called_times", { times: ticket.calls }));
  return parts.join(" · ");
}

function aboutWaiting(ticket, now) {
  return `${nameOf(ticket)} · ${say("waited", { minutes: minutesSince(ticket.joined_at, now) })}`;
}

const nameOf = (ticket) => services.get(ticket.service)?.name ?? ticket.service;
const reasonOf = (view) => data.pauses.find((pause) => pause.id === view.pause_reason)?.name ?? "";

function signOf(view) {
  return view.sign ? say(`sign_${view.sign.kind}`, { window: view.sign.window }) : "";
}

function drawOutcomes(mode, outcome) {
  find('[data-part="outcomes"]').classList.toggle("resting", mode !== "serving");
  for (const button of findAll("[data-outcome]")) {
    button.setAttribute("aria-pressed", String(mode === "serving" && outcome === button.dataset.outcome));
  }
}

/** Walking time while called, service time while serving, ticking by the hall's clock. */
export function drawTimer(ticket, now) {
  showPart("timer", Boolean(ticket));
  if (!ticket) return;
  const serving = ticket.state === "serving";
  fillIn("timer-words", say(serving ? "service_time" : "since_call"));
  fillIn("timer", clockOf(serving ? servedFor(ticket, now) : now - Date.parse(ticket.called_at)));
  const minutes = services.get(ticket.service)?.minutes;
  fillIn("usual", serving && minutes ? say("usual", { minutes: Math.round(minutes) }) : "");
}

/** The time on hold is not service time. */
function servedFor(ticket, now) {
  return now - Date.parse(ticket.started_at) - (ticket.held_seconds ?? 0) * 1000;
}

function drawSeat(desk) {
  const { mode, view } = desk;
  showPart("seat", mode !== "away");
  showPart("away", mode === "away");
  showPart("state", true);
  const state = desk.paused && mode !== "away" ? "paused" : mode;
  find('[data-part="state"]').className = `tag state ${TINT[state]}`;
  fillIn("state", say(state === "idle" ? "is_free" : `is_${state}`));
  fillIn("pause", say(desk.paused ? "open_again" : "pause"));
  fillIn("away", awayWords(desk));
}

function awayWords({ view, me, elsewhere }) {
  if (elsewhere && !view.clerk) return say("elsewhere", { window: elsewhere });
  if (!view.clerk || view.clerk.id === me) return say("left");
  return say("taken_over", { name: here(view.clerk.name), time: timeOf(view.since) });
}
