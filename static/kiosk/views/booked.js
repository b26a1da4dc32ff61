// An appointment was made, moved or cancelled at the kiosk: the code to come with, when, and the picture for the phone.
import { icon, make } from "../../shared/page.js";
import { patience } from "../aids.js";
import { heading } from "../cards.js";
import { countdown } from "../countdown.js";
import { startAgain } from "../idle.js";
import { printNodes, prints } from "../slip.js";
import { slotName } from "../slot_times.js";
import { clockTime } from "../times.js";
import { SHOWN } from "./ticket.js";

export function showBooked(desk) {
  return ending(desk, (answer, service) => {
    if (prints()) print(desk, service, answer.booking).catch(reportError);
    return sheet(desk, service, answer);
  });
}

export function showCancelled(desk) {
  return ending(desk, ({ booking }) => make("div", { class: "ticket-stage" },
    make("article", { class: "ticket" }, make("header", {}, heading(desk.say("cancelled", { code: booking.code })),
      make("p", { class: "ticket-service" }, desk.say("cancelled_how"))))));
}

/** What was done, and a page that leaves by itself. */
function ending(desk, draw) {
  const answer = JSON.parse(sessionStorage.getItem("kiosk.ticket") ?? "{}") ?? {};
  const service = answer.booking && desk.services.get(answer.booking.service);
  if (!service) return null;
  const done = make("button", { class: "button primary done", type: "button", "data-first": true, onclick: () => startAgain(desk) });
  const closing = make("p", { class: "soft closing" });
  const count = countdown(SHOWN * patience(), (left) => { closing.textContent = desk.say("closing", { seconds: left }); }, () => startAgain(desk));
  done.append(count.ring, make("span", {}, desk.say("done")));
  return {
    leave: () => count.stop(),
    nodes: [draw(answer, service), make("div", { class: "actions ticket-actions" }, closing, done)],
  };
}

function how(desk, { opens }) {
  return desk.say("booked_how", { opens: clockTime(desk, new Date(opens)) });
}

function sheet(desk, service, { booking, moved }) {
  return make("div", { class: "ticket-stage" },
    make("article", { class: "ticket" },
      make("header", {},
        make("p", { class: "ticket-title" }, desk.say(moved ? "moved_code" : "booked_code")),
        heading(make("span", { class: "number" }, booking.code)),
        make("p", { class: "ticket-service" }, service.name),
        make("p", { class: "ticket-service" }, slotName(desk, booking))),
      make("div", { class: "ticket-where" }, icon("place"), make("div", {}, make("strong", {}, desk.place(service)), make("p", {}, how(desk, booking)))),
      make("footer", {},
        make("img", { class: "qr", src: booking.qr, alt: desk.say("booked_scan"), width: 240, height: 240 }),
        make("div", {}, make("p", {}, desk.say("booked_scan")), make("p", { class: "soft" }, desk.say("booked_remember"))))));
}

/** The same on paper, once. */
async function print(desk, service, booking) {
  const once = `${booking.link} ${booking.slot}`;
  if (sessionStorage.getItem("kiosk.printed") === once) return;
  sessionStorage.setItem("kiosk.printed", once);
  await printNodes([
    make("p", { class: "slip-hall" }, desk.data.hall.name), make("p", { class: "number" }, booking.code),
    make("p", { class: "slip-service" }, service.name), make("p", {}, make("strong", {}, slotName(desk, booking))),
    make("p", {}, desk.place(service)), make("img", { src: booking.qr, alt: "" }), make("p", { class: "slip-foot" }, how(desk, booking)),
  ]);
}
