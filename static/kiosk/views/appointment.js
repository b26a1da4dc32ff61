// An appointment's holder arrives: the code and four digits, or the picture held to a reader; the code is called, no number.
import { icon, make } from "../../shared/page.js";
import { freshKey, press } from "../../shared/press.js";
import { CodeEntry } from "../code_entry.js";
import { clockTime } from "../times.js";

export function showAppointment(desk) {
  if (!desk.data.booking.prefix) return null;
  const change = make("button", { class: "button change-button", type: "button", onclick: () => desk.walk.go("change") },
    icon("calendar"), make("span", {}, desk.say("change")));
  const view = new CodeEntry(desk, {
    title: desk.say("appointment"), how: desk.say("appointment_how"), send: desk.say("appointment_send"), more: [change],
    bring: (proof) => bring(desk, view, proof),
  });
  view.refused = (trouble) => trouble.problem?.code === "booking_over" && walkIn(view, () => desk.walk.home());
  return { leave: () => view.leave(), nodes: view.nodes };
}

async function bring(desk, view, proof) {
  view.pressed ??= { key: freshKey(), proof };
  const { key, proof: shown } = view.pressed;
  arrived(desk, view, await press("/api/v1/bookings/check_in", shown, { key }));
}

/** The ticket whose number is the code; without one the time was over. */
function arrived(desk, view, { booking, ticket }) {
  if (!ticket) return tooLate(desk, view, booking);
  sessionStorage.setItem("kiosk.ticket", JSON.stringify({ ...ticket, ground: null, booked: true }));
  return desk.walk.replace("ticket");
}

function tooLate(desk, view, { code, closes, service }) {
  view.complain(desk.say("appointment_over", { code, closes: clockTime(desk, new Date(closes)) }));
  walkIn(view, () => desk.walk.go("s", service));
}

function walkIn(view, go) {
  view.offer("ticket", "appointment_walk_in", go);
}
