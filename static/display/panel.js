/** The sign above a window: whose turn it is there, who works there, or why nobody does. */
import { openHall } from "../shared/hall.js";
import { here, make, pageData, words } from "../shared/page.js";
import { openStatus, put } from "./status.js";

const AT_WINDOW = new Set(["called", "serving"]);

const facts = pageData();
const say = words(facts);
const root = document.querySelector(".panel");
const part = (name) => root.querySelector(`[data-${name}]`);
let view = null;
let calls = 0;
let hours = [];

const hall = openHall({ screen: "panel", window: facts.window }, {
  snapshot(state, meta) {
    status.speed(meta.speed);
    view = state.window;
    calls = state.ticket?.calls ?? 0;
    hours = state.hours.map((stretch) => stretch.map(Date.parse));
    draw();
  },
  events(happened) {
    happened.forEach(take);
    draw();
  },
  live(isLive, age) {
    status.live(isLive, age);
    if (view) draw();
  },
  refused: (problem) => status.refused(problem),
});
const status = openStatus(root, facts, say, () => hall.now());

/** The window's own view, or a ticket of ours that went elsewhere without one. */
function take({ window: changed, ticket }) {
  if (changed?.window === facts.window) view = changed;
  else if (ticket && ticket.ticket === view?.ticket && !isHere(ticket)) view = { ...view, ...NOBODY };
  if (ticket && ticket.ticket === view?.ticket) calls = ticket.calls;
}

const NOBODY = { ticket: null, number: null, service: null, ticket_state: null };

function isHere(ticket) {
  return ticket.window === facts.window && AT_WINDOW.has(ticket.state);
}

function draw() {
  const mode = modeOf(view);
  const key = `${mode} ${view.ticket} ${calls}`;
  if (root.dataset.shown !== key) part("main").replaceChildren(...content[mode]());
  root.dataset.mode = mode;
  root.dataset.shown = key;
  root.dataset.number = view.number ?? "";
  clerk();
}

function modeOf({ state, number, ticket_state: step }) {
  if (number) return step;
  if (state === "closed") return keepsHours() ? "nobody" : "closed";
  return state === "paused" ? "paused" : "free";
}

function keepsHours() {
  const now = hall.now().getTime();
  return hours.some(([opens, closes]) => opens <= now && now < closes);
}

const content = {
  called: () => numbered(say("called")),
  serving: () => numbered(say("serving")),
  free: () => [make("p", { class: "words" }, say("free"))],
  paused: () => [
    make("p", { class: "words" }, say("paused")),
    make("p", { class: "under" }, signWords()),
    make("p", { class: "reason" }, facts.pauses[view.pause_reason] ?? ""),
  ],
  nobody: () => [
    make("p", { class: "words" }, say("nobody")),
    make("p", { class: "under" }, say("follow_board")),
  ],
  closed: () => [
    make("p", { class: "words" }, say("closed")),
    make("dl", { class: "hours" }, facts.timetable.flatMap(({ days, times }) => [make("dt", {}, days), make("dd", {}, times)])),
  ],
};

function numbered(sentence) {
  return [
    make("p", { class: "label" }, sentence),
    make("p", { class: "number" }, view.number),
    make("p", { class: "service" }, facts.services[view.service] ?? ""),
  ];
}

function signWords() {
  if (view.sign?.kind === "go_to" && view.sign.window) return say("go_to", { window: view.sign.window });
  return view.sign?.kind === "wait" ? say("wait") : "";
}

function clerk() {
  put(part("clerk"), view.clerk ? here(view.clerk.name) : "");
  put(part("post"), view.clerk?.post ? here(view.clerk.post) : "");
  root.classList.toggle("staffed", view.clerk !== null);
}
