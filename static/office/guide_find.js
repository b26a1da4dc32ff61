// A number looked up, and those who missed their call: where they are, and what can be done.
import { make, waitSentence } from "../shared/page.js";
import { ask, clock, data, find, look, say } from "./desk.js";
import { WALK_IN } from "./guide_class.js";
import { pagerOf } from "./guide_pager.js";
import { services } from "./guide_picker.js";

const OPEN = new Set(["waiting", "called", "serving", "held"]);
const LEAVE = new Set(["waiting", "called", "held"]);

export function startFinding() {
  const field = document.getElementById("find");
  find("find-form").addEventListener("submit", async (press) => {
    press.preventDefault();
    const number = field.value.trim();
    if (number) await show(number);
  });
}

async function show(number) {
  const answer = await look(`/api/v1/tickets?number=${encodeURIComponent(number)}`);
  if (!answer) return;
  const [ticket] = answer.tickets;
  find("found").replaceChildren(ticket ? card(ticket) : make("p", { class: "notice" }, say("not_found", { number: number.toUpperCase() })));
  const field = document.getElementById("find");
  field.focus();
  field.select();
}

function card(ticket) {
  return make("article", { class: "found-ticket", "data-state": ticket.state },
    make("p", { class: "number" }, ticket.number),
    make("p", { class: "found-where" }, say(ticket.state, { window: ticket.window ?? "–" })),
    make("p", {}, services.get(ticket.service)?.name ?? ticket.service, marks(ticket)),
    make("p", { class: "soft" }, facts(ticket).join(" · ")),
    make("p", { class: "row" }, ...actions(ticket)),
    data.pagers && OPEN.has(ticket.state) && pagerOf(ticket));
}

function marks(ticket) {
  const name = ticket.ticket_class !== WALK_IN && (data.names[ticket.ticket_class] ?? ticket.ticket_class);
  const words = [name, ["offline", "paper"].includes(ticket.origin) && say(ticket.origin)];
  return words.filter(Boolean).map((word) => make("span", { class: "tag" }, word));
}

function facts(ticket) {
  const [ahead, low, high] = ticket.place ?? [];
  return [
    say("since", { time: clock.format(new Date(ticket.joined_at)) }),
    ticket.called_at && say("called_at", { time: clock.format(new Date(ticket.called_at)) }),
    ticket.not_before && say("away_until", { time: clock.format(new Date(ticket.not_before)) }),
    ticket.place && say("ahead", { count: ahead }),
    ticket.place && say(...waitSentence(low, high)),
  ].filter(Boolean);
}

function actions(ticket) {
  return [
    ticket.state === "no_show" && button("bring_back", "primary", () => bringBack(ticket)),
    ...(ticket.state === "waiting" ? classButtons(ticket) : []),
    data.prints && button("print_again", "", () => printAgain(ticket)),
    LEAVE.has(ticket.state) && button("has_left", "danger", () => hasLeft(ticket)),
  ].filter(Boolean);
}

function button(word, kind, onclick, isSaid = false) {
  return make("button", { class: `button ${kind}`, type: "button", onclick }, isSaid ? word : say(word));
}

/** Somebody whose ground the guide sees goes into another line, or back: the place in time stays. */
function classButtons(ticket) {
  const other = data.classes.filter((each) => each.id !== ticket.ticket_class);
  const given = data.classes.some((each) => each.id === ticket.ticket_class);
  return [
    ...other.map((each) => button(say("give_class", each), "", () => giveClass(ticket, each.id), true)),
    given && button("take_class", "", () => giveClass(ticket, WALK_IN)),
  ];
}

async function giveClass(ticket, name) {
  const answer = await ask(`/api/v1/tickets/${ticket.ticket}/class`, { ticket_class: name });
  if (answer) await show(ticket.number);
}

async function printAgain(ticket) {
  const answer = await ask(`/api/v1/tickets/${ticket.ticket}/print`, { again: true });
  if (!answer) return;
  const word = say(answer.trouble ? "slip_trouble" : "slip_comes", answer);
  find("found").append(make("p", { class: "notice", role: "status", "data-slip": true }, word));
}

async function bringBack(ticket) {
  const answer = await ask(`/api/v1/tickets/${ticket.ticket}/reinstate`);
  if (answer) await show(ticket.number);
}

/** True when the ticket is out of the line. */
export async function hasLeft(ticket) {
  if (!confirm(say("has_left_sure", { number: ticket.number }))) return false;
  const answer = await ask(`/api/v1/tickets/${ticket.ticket}/abandon`);
  if (answer && find("found").textContent.includes(ticket.number)) await show(ticket.number);
  return Boolean(answer);
}

/** Who didn't come when called, the newest first; each is one tap away from waiting again. */
export class Missed {
  constructor() {
    this.tickets = new Map();
  }

  begin(tickets) {
    this.tickets = new Map(tickets.map((ticket) => [ticket.ticket, ticket]));
    this.draw();
  }

  happened(events) {
    for (const { ticket } of events) {
      if (ticket?.state === "no_show") this.tickets.set(ticket.ticket, ticket);
      else if (ticket) this.tickets.delete(ticket.ticket);
    }
    this.draw();
  }

  draw() {
    const newest = [...this.tickets.values()].sort((one, other) => (other.called_at ?? "").localeCompare(one.called_at ?? ""));
    find("missed").replaceChildren(...newest.map(row));
    find("missed-count").textContent = newest.length;
    find("missed-count").hidden = newest.length === 0;
    find("nobody-missed").hidden = newest.length > 0;
    find("nobody-missed").textContent = say("nobody_missed");
  }
}

function row(ticket) {
  const at = ticket.called_at ? clock.format(new Date(ticket.called_at)) : "";
  return make("li", {}, make("b", { class: "number" }, ticket.number),
    make("span", { class: "soft" }, [services.get(ticket.service)?.name, at].filter(Boolean).join(" · ")),
    button("bring_back", "", () => bringBack(ticket)));
}

