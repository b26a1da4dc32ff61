// Ratings as they arrive; the bad ones stay in sight.
import { make } from "/static/shared/page.js";
import { data, find, say } from "./desk.js";

const NEGATIVE = new Set(["dissatisfied", "very_dissatisfied"]);
const MOST = 60;
let bad = 0;

find("no-ratings").textContent = say("no_ratings");

export function ratingArrived(event) {
  const { level, reasons, channel } = event.rating;
  const negative = NEGATIVE.has(level);
  find("no-ratings").hidden = true;
  find("ratings").prepend(make("li", { class: "card", "data-negative": String(negative) },
    make("span", { class: "spread" },
      make("b", {}, say(level)),
      make("span", { class: "soft" }, say("window_n", { n: event.ticket.window }))),
    make("span", {}, reasons.map((code) => data.reasons[code] ?? code).join(" · ")),
    make("span", { class: "soft" },
      `${event.ticket.number} · ${data.services[event.ticket.service].name} · ${data.staff[event.ticket.clerk] ?? ""} · ${say(channel)}`)));
  [...find("ratings").children].slice(MOST).forEach((old) => old.remove());
  if (negative) countBad();
}

function countBad() {
  bad += 1;
  find("bad").textContent = bad;
  find("bad").hidden = false;
}
