// Everything about a service, told once and completely, and the button that takes a number.
import { icon, make } from "../../shared/page.js";
import { backButton, heading, tile } from "../cards.js";
import { checklist } from "../checklist.js";
import { keptLabel, lineLabel, endsLate } from "../lines.js";
import { scroller } from "../scroller.js";
import { opening } from "../times.js";
import { askingFirst, taking } from "../taking.js";

export function showConfirm(desk, id) {
  const service = desk.services.get(id);
  if (!service) return null;
  const choice = { ground: null };
  const office = desk.departments.get(service.department);
  const shut = make("div", { class: "shut" });
  const priority = desk.data.grounds.length > 0 ? grounds(desk, choice) : null;
  const another = booking(desk, service);
  const { list, buttons } = scroller(desk, shut, facts(desk, service), priority, checklist(desk, service), another);
  const take = takeButton(desk);
  const said = make("p", { class: "notice bad", role: "alert", hidden: true });
  const unwire = (service.real_name ? askingFirst : taking)(desk, service, choice, take, said);
  const freshenShut = () => {
    showShut(desk, service, shut, priority, take);
    if (another) another.hidden = desk.line(service.id)?.status === "ends_late";
  };
  desk.addEventListener("lines", freshenShut);
  const leave = () => {
    unwire();
    desk.removeEventListener("lines", freshenShut);
  };
  return {
    leave,
    nodes: [
      make("div", { class: "view-head" }, tile(office),
        make("div", {}, make("p", { class: "soft" }, office.name), heading(service.name))),
      list,
      make("div", { class: "actions confirm-actions" }, said, make("div", { class: "pair" }, backButton(desk), buttons), take),
    ],
  };
}

function takeButton(desk) {
  return make("button", { class: "button warm take", type: "button" }, icon("ticket"), make("span", {}, desk.say("take")));
}

/** Says why no number is given out, and when there will be one. */
function showShut(desk, service, shut, priority, take) {
  const line = desk.line(service.id);
  const open = desk.isOpen(service.id);
  take.hidden = !open;
  if (priority) priority.hidden = !open;
  shut.hidden = open;
  if (open) return;
  const late = line.status === "ends_late";
  const words = [desk.say(line.status), late ? endsLate(desk, line) : opening(desk, line.opens_at)].filter(Boolean);
  shut.replaceChildren(make("div", { class: "notice caution" }, icon(line.status === "paused" ? "pause" : "clock"),
    make("div", {}, make("strong", {}, words.join(" · ")),
      make("p", {}, desk.say(late ? "ends_late_why" : "closed_why")),
      late && priority && make("p", {}, desk.say("ends_late_guide")),
      late && make("p", {}, opening(desk, line.opens_at)),
      make("p", {}, desk.say("closed_then")), late && booking(desk, service))));
}

/** Another day, where the hall gives appointments for it: here, or on the visitor's own phone. */
function booking(desk, { id, bookable }) {
  if (!bookable || !(desk.walk.views.book || desk.data.books)) return null;
  if (desk.walk.views.book) {
    return make("button", { class: "button book-another", type: "button", onclick: () => desk.walk.go("book", id) },
      icon("calendar"), make("span", {}, desk.say("ends_late_book")));
  }
  const code = make("img", { src: `/kiosk/book/${encodeURIComponent(id)}.svg`, alt: "", width: 144, height: 144 });
  return make("p", { class: "late-book" }, code, make("span", {}, desk.say("ends_late_scan")));
}

function facts(desk, service) {
  return make("dl", { class: "facts" },
    fact("people", desk.say("waiting_now"), lineLabel(desk, service.id), keptLabel(desk, service.id)),
    fact("place", desk.say("where"), desk.place(service)),
    fact("calendar", desk.say("limit"), limit(desk, service)),
    fact("money", desk.say("fee"), service.fee));
}

function fact(drawing, name, value, more = null) {
  return make("div", { class: "fact-box" }, icon(drawing), make("dt", {}, name), make("dd", {}, value), more && make("dd", {}, more));
}

function limit(desk, { case: kind, limit_days: days }) {
  if (kind === "instant") return desk.say("limit_instant");
  if (!days) return desk.say("limit_ask");
  return days === 1 ? desk.say("limit_day") : desk.say("limit_days", { days });
}

/** Buttons of which one or none is pressed. */
function grounds(desk, choice) {
  const buttons = desk.data.grounds.map((ground, index) => make("button", {
    class: "button ground", type: "button", "aria-pressed": "false",
    onclick: () => press(buttons, choice, choice.ground === index ? null : index),
  }, icon("check"), make("span", {}, ground.name)));
  return make("section", { class: "grounds" }, make("h2", {}, desk.say("priority")),
    make("p", { class: "soft" }, desk.say(desk.data.grounds_are_seen ? "priority_seen" : "priority_hint")), make("div", { class: "ground-row" }, ...buttons));
}

function press(buttons, choice, index) {
  choice.ground = index;
  buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(at === index)));
}
