// One's own appointment: the next free times to move it to, and giving it up; each asked once more before it is done.
import { icon, make } from "../../shared/page.js";
import { freshKey, press, PressRefused, PressUncertain } from "../../shared/press.js";
import { nearby, tell } from "../booking_press.js";
import { backButton, heading } from "../cards.js";
import { troubleWords } from "../code_entry.js";
import { scroller } from "../scroller.js";
import { DAY, fillWhenThere, freeDays, head, showTimes, slotName } from "../slot_times.js";
import { clockTime, dayName, dayOf } from "../times.js";
import { CHANGED } from "./change.js";

const NEXT_FREE = 6;
const OVER = { checked_in: "change_checked_in", missed: "change_missed", cancelled: "change_cancelled" };

/** `at`: nothing yet, *days*, a day, the instant of a half hour, or *cancel*. */
export function showMoving(desk, at = "") {
  const booking = JSON.parse(sessionStorage.getItem(CHANGED) ?? "null");
  const service = booking && desk.services.get(booking.service);
  if (!service) return null;
  if (!at) return own(desk, service, booking);
  if (at === "cancel") return cancelling(desk, service, booking);
  if (at === "days" || at.length <= DAY) return showTimes(desk, service, at === "days" ? "" : at, (chosen) => desk.walk.go("moving", chosen));
  return moving(desk, service, booking, at);
}

function own(desk, service, booking) {
  const isBooked = booking.state === "booked";
  const mayMove = isBooked && booking.moves_left > 0;
  const free = make("div", { class: "book-slots" }, make("p", { class: "notice", role: "status" }, desk.say("taking")));
  const words = isBooked ? !mayMove && "change_enough" : OVER[booking.state];
  const { list, buttons } = scroller(desk,
    words && make("p", { class: "notice caution", role: "status" }, desk.say(words)),
    mayMove && make("h2", {}, desk.say("change_next")), mayMove && free, mayMove && daysButton(desk),
    isBooked && cancelButton(desk));
  return {
    leave: mayMove ? fillWhenThere(desk, free, () => nextFree(desk, service, booking)) : null,
    nodes: [theirs(desk, service, booking), list, make("div", { class: "actions" }, backButton(desk), buttons)],
  };
}

/** Large, above all that can be done with it. */
function theirs(desk, service, booking) {
  return make("div", { class: "view-head own-booking" },
    make("div", {}, make("p", { class: "soft" }, desk.say("change_now")),
      heading(make("span", { class: "number" }, booking.code), ` ${service.name}`),
      make("p", { class: "book-chosen" }, icon("calendar"), make("span", {}, slotName(desk, booking)))));
}

async function nextFree(desk, service, booking) {
  const days = await freeDays(service);
  const slots = days.flatMap((day) => day.slots).filter(({ left, slot }) => left && slot !== booking.slot).slice(0, NEXT_FREE);
  return slots.map((slot) => make("button", { class: "button large next-slot", type: "button", onclick: () => desk.walk.go("moving", slot.slot) },
    make("span", {}, dayName(desk, new Date(slot.slot))), make("strong", {}, `${slot.time} – ${slot.until}`)));
}

function daysButton(desk) {
  return make("button", { class: "button large", type: "button", onclick: () => desk.walk.go("moving", "days") },
    icon("calendar"), make("span", {}, desk.say("change_days")));
}

function cancelButton(desk) {
  return make("button", { class: "button large cancel-button", type: "button", onclick: () => desk.walk.go("moving", "cancel") },
    icon("close"), make("span", {}, desk.say("change_cancel")));
}

function moving(desk, service, booking, slot) {
  const at = new Date(slot);
  const isOtherDay = dayOf(desk, at) !== booking.day;
  return question(desk, service, {
    title: desk.say("move_question"), yes: "move_yes", no: "move_no",
    facts: [[desk.say("move_from"), slotName(desk, booking)], [desk.say("move_to"), `${dayName(desk, at)} ${clockTime(desk, at)}`]],
    why: isOtherDay ? desk.say("move_code") : "",
    act: (key) => press(`/api/v1${booking.link}/move`, { slot }, { key }),
    done: (answer) => finish(desk, { booking: answer.booking, moved: true }, "booked"),
    more: (trouble) => nearby(desk, service, trouble.problem.near, (near) => desk.walk.replace("moving", near)),
  });
}

function cancelling(desk, service, booking) {
  return question(desk, service, {
    title: desk.say("cancel_question"), yes: "cancel_yes", no: "cancel_no",
    facts: [[booking.code, slotName(desk, booking)]], why: desk.say("cancel_why"),
    act: (key) => press(`/api/v1${booking.link}/cancel`, {}, { key }),
    done: (answer) => finish(desk, { booking: answer.booking }, "cancelled"),
    more: () => [],
  });
}

/** What would happen, and two buttons; the same press is sent until the hall has said what became of it. */
function question(desk, service, { title, yes, no, facts, why, act, done, more }) {
  const said = make("div", { class: "notice bad id-said", role: "alert", hidden: true });
  const button = make("button", { class: "button warm take", type: "button" }, icon("check"), make("span", {}, desk.say(yes)));
  const { list, buttons } = scroller(desk,
    make("dl", { class: "asked-facts" }, ...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)))),
    why && make("p", { class: "id-why" }, icon("info"), make("span", {}, why)), said);
  let key = null;
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    if (!desk.live) return void tell(said, desk.say("appointment_cut_off"));
    button.disabled = true;
    key ??= freshKey();
    try {
      done(await act(key));
    } catch (trouble) {
      if (!(trouble instanceof PressUncertain)) key = null;
      tell(said, troubleWords(desk, trouble), trouble instanceof PressRefused ? more(trouble) : []);
    } finally {
      button.disabled = false;
    }
  });
  const leave = make("button", { class: "button back", type: "button", onclick: () => desk.walk.back() }, icon("back"), make("span", {}, desk.say(no)));
  return { nodes: [head(service, title), list, make("div", { class: "actions confirm-actions" }, make("div", { class: "pair" }, leave, buttons), button)] };
}

function finish(desk, answer, view) {
  sessionStorage.setItem("kiosk.ticket", JSON.stringify(answer));
  sessionStorage.removeItem(CHANGED);
  desk.walk.replace(view);
}
