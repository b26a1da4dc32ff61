// The number, large, with what to do next; the page leaves by itself and says so.
import { icon, make } from "../../shared/page.js";
import { patience } from "../aids.js";
import { heading } from "../cards.js";
import { countdown } from "../countdown.js";
import { startAgain } from "../idle.js";
import { howLong, keptWords } from "../lines.js";
import { onPaper } from "../printer.js";
import { printSlip, prints } from "../slip.js";
import { spaced, storedSentence } from "../stored.js";
import { clockTime } from "../times.js";

export const SHOWN = 45;
const LONGER = 120;

export function showTicket(desk) {
  const answer = JSON.parse(sessionStorage.getItem("kiosk.ticket") ?? "null");
  const service = answer && desk.services.get(answer.service);
  if (!service) return null;
  const done = make("button", { class: "button primary done", type: "button", "data-first": true, onclick: () => startAgain(desk) });
  const closing = make("p", { class: "soft closing" });
  const count = countdown(SHOWN * patience(), (left) => closing.textContent = desk.say("closing", { seconds: left }), () => startAgain(desk));
  done.append(count.ring, make("span", {}, desk.say("done")));
  const longer = make("button", { class: "button longer", type: "button", onclick: () => count.restart(LONGER) },
    icon("clock"), make("span", {}, desk.say("more_time")));
  if (prints() && !desk.printer?.own) printSlip(desk, service, answer);
  return onPaper(desk, answer, {
    leave: () => count.stop(),
    nodes: [ticket(desk, service, answer), make("div", { class: "actions ticket-actions" }, closing, longer, done)],
  });
}

function ticket(desk, service, answer) {
  return make("div", { class: "ticket-stage" },
    make("article", { class: "ticket" },
      make("header", {},
        make("p", { class: "ticket-title" }, desk.say(title(answer))),
        heading(make("span", { class: "number" }, answer.ticket.number)),
        make("p", { class: "ticket-service" }, service.name),
        answer.back && make("p", { class: "ticket-service" }, behind(desk, answer.ahead)),
        answer.booked && make("p", {}, desk.say(answer.late ? "appointment_late" : "appointment_slot")),
        answer.ground !== null && make("p", { class: "tag deep" }, icon("heart"), desk.say("earlier"))),
      facts(desk, answer),
      answer.high > 0 && make("p", { class: "soft ticket-kept" }, keptWords(desk, answer.kept_of_ten)),
      make("div", { class: "ticket-where" }, icon("place"),
        make("div", {}, make("p", { class: "soft" }, desk.say("wait_here")), make("strong", {}, desk.place(service)),
          make("p", {}, desk.say("called_how")))),
      make("footer", {},
        answer.qr && make("img", { class: "qr", src: answer.qr, alt: desk.say("scan"), width: 240, height: 240 }),
        make("div", {}, answer.qr && make("p", {}, desk.say(answer.reserve ? "reserve_scan" : "scan")), make("p", { class: "soft" }, desk.say(prints() ? "take_slip" : "remember")),
          answer.digits && make("p", { class: "soft come-back" }, `${desk.say("missed_digits", { digits: spaced(answer.digits) })} ${desk.say("missed_limits")}`),
          !answer.back && !answer.booked && make("p", { class: "soft stored" }, storedSentence(desk, answer.stored))))));
}

function title({ back, booked }) {
  if (booked) return "appointment_here";
  return back ? "missed_back" : "your_number";
}

/** Where somebody stands who missed the call and is back. */
function behind(desk, ahead) {
  if (!ahead) return desk.say("missed_next");
  return ahead === 1 ? desk.say("missed_behind_one") : desk.say("missed_behind", { count: ahead });
}

/** A number from the reserve knows its time, and says why nothing else. */
function facts(desk, answer) {
  const taken = fact(desk.say("taken_at"), clockTime(desk, new Date(answer.joined_at)));
  if (answer.reserve) return make("div", { class: "ticket-facts ticket-reserve" }, make("dl", {}, taken), make("p", {}, desk.say("reserve_note")));
  return make("dl", { class: "ticket-facts" },
    fact(desk.say("ahead"), answer.ahead ? String(answer.ahead) : desk.say("ahead_none"), answer.ahead ? "big" : ""),
    fact(desk.say("how_long"), howLong(desk, answer.low, answer.high)), taken);
}

function fact(name, value, kind = "") {
  return make("div", { class: kind }, make("dt", {}, name), make("dd", {}, value));
}
