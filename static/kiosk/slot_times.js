// Days and half hours with a free place, as large buttons.
import { icon, make } from "../shared/page.js";
import { backButton, heading } from "./cards.js";
import { scroller } from "./scroller.js";
import { dayName } from "./times.js";

export const DAY = "2026-10-13".length;
const DAYS = 15;

/** What it is about, above what is asked. */
export function head(service, title) {
  return make("div", { class: "view-head" }, make("div", {}, make("p", { class: "soft" }, service.name), heading(title)));
}

/** Some moment of that day in the hall's zone. */
export function noon(day) {
  return new Date(`${day}T04:00:00Z`);
}

/** "Monday 12 October 10:00 – 10:30". */
export function slotName(desk, { slot, time, until }) {
  return `${dayName(desk, new Date(slot))} ${time} – ${until}`;
}

/** The days with a free place: all that may be booked, or that one. */
export async function freeDays(service, day = null) {
  const asked = new URLSearchParams({ service: service.id, days: day ? 1 : DAYS, ...(day && { first: day }) });
  const answer = await fetch(`/api/v1/bookings/slots?${asked}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`The hall answered with ${answer.status}`);
  return (await answer.json()).days.filter(({ left }) => left);
}

/** Fills a box as soon as the hall is there, once; a page that was loaded anew doesn't know yet. Returns how to leave. */
export function fillWhenThere(desk, box, load) {
  let isFilled = false;
  const say = (key) => box.replaceChildren(make("p", { class: "notice caution", role: "status" }, desk.say(key)));
  const fill = async () => {
    const nodes = await load();
    isFilled = true;
    if (nodes.length) box.replaceChildren(...nodes);
    else say("book_none");
  };
  const look = () => {
    if (isFilled || desk.live === null) return;
    if (desk.live) fill().catch(() => say("book_cut_off"));
    else say("book_cut_off");
  };
  desk.addEventListener("live", look);
  look();
  return () => desk.removeEventListener("live", look);
}

/** The view of the days (no day wanted) or of a day's half hours; `choose` is given a day or a slot's instant. */
export function showTimes(desk, service, wanted, choose) {
  const found = make("div", { class: wanted ? "book-slots" : "book-days" },
    make("p", { class: "notice", role: "status" }, desk.say("taking")));
  const { list, buttons } = scroller(desk, found);
  const title = wanted ? dayName(desk, noon(wanted)) : desk.say("book_when");
  const leave = fillWhenThere(desk, found, async () => {
    const days = await freeDays(service, wanted);
    return wanted ? days.flatMap(({ slots }) => timeButtons(slots, choose)) : days.map((day) => dayButton(desk, day, choose));
  });
  return { leave, nodes: [head(service, title), list, make("div", { class: "actions" }, backButton(desk), buttons)] };
}

function dayButton(desk, { day, slots, left }, choose) {
  return make("button", { class: "button book-day", type: "button", onclick: () => choose(day) },
    make("strong", {}, dayName(desk, new Date(slots[0].slot))),
    make("span", { class: "tag good" }, desk.say("book_left", { n: left, count: left })), icon("next"));
}

function timeButtons(slots, choose) {
  return slots.filter(({ left }) => left).map(({ slot, time, until }) =>
    make("button", { class: "button large", type: "button", onclick: () => choose(slot) }, `${time} – ${until}`));
}
