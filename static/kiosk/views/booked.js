// An appointment was made at the kiosk: the code to come with, when, and the picture for the phone.
import { icon, make } from "../../shared/page.js";
import { patience } from "../aids.js";
import { heading } from "../cards.js";
import { countdown } from "../countdown.js";
import { startAgain } from "../idle.js";
import { printNodes, prints } from "../slip.js";
import { clockTime, dayName } from "../times.js";
import { SHOWN } from "./ticket.js";

export function showBooked(desk) {
  const { booking } = JSON.parse(sessionStorage.getItem("kiosk.ticket") ?? "{}") ?? {};
  const service = booking && desk.services.get(booking.service);
  if (!service) return null;
  const done = make("button", { class: "button primary done", type: "button", "data-first": true, onclick: () => startAgain(desk) });
  const closing = make("p", { class: "soft closing" });
  const count = countdown(SHOWN * patience(), (left) => { closing.textContent = desk.say("closing", { seconds: left }); }, () => startAgain(desk));
  done.append(count.ring, make("span", {}, desk.say("done")));
  if (prints()) print(desk, service, booking).catch(reportError);
  return {
    leave: () => count.stop(),
    nodes: [sheet(desk, service, booking), make("div", { class: "actions ticket-actions" }, closing, done)],
  };
}

function when(desk, { slot, time, until }) {
  return `${dayName(desk, new Date(slot))} ${time} – ${until}`;
}

function how(desk, { opens }) {
  return desk.say("booked_how", { opens: clockTime(desk, new Date(opens)) });
}

function sheet(desk, service, booking) {
  return make("div", { class: "ticket-stage" },
    make("article", { class: "ticket" },
      make("header", {},
        make("p", { class: "ticket-title" }, desk.say("booked_code")),
        heading(make("span", { class: "number" }, booking.code)),
        make("p", { class: "ticket-service" }, service.name),
        make("p", { class: "ticket-service" }, when(desk, booking))),
      make("div", { class: "ticket-where" }, icon("place"), make("div", {}, make("strong", {}, desk.place(service)), make("p", {}, how(desk, booking)))),
      make("footer", {},
        make("img", { class: "qr", src: booking.qr, alt: desk.say("booked_scan"), width: 240, height: 240 }),
        make("div", {}, make("p", {}, desk.say("booked_scan")), make("p", { class: "soft" }, desk.say("booked_remember"))))));
}

/** The same on paper, once. */
async function print(desk, service, booking) {
  if (sessionStorage.getItem("kiosk.printed") === booking.link) return;
  sessionStorage.setItem("kiosk.printed", booking.link);
  await printNodes([
    make("p", { class: "slip-hall" }, desk.data.hall.name), make("p", { class: "number" }, booking.code),
    make("p", { class: "slip-service" }, service.name), make("p", {}, make("strong", {}, when(desk, booking))),
    make("p", {}, desk.place(service)), make("img", { src: booking.qr, alt: "" }), make("p", { class: "slip-foot" }, how(desk, booking)),
  ]);
}
