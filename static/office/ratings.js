// The day's ratings: how many of each level, the bad ones in sight with their reasons, then all as they arrive.
import { make } from "../shared/page.js";
import { clock, data, find, percent, renew, say, tally } from "./desk.js";
import { levelBar, levelList } from "./levels.js";

const NEGATIVE = new Set(["dissatisfied", "very_dissatisfied"]);
const MOST = 60;
const day = { levels: {}, bad: [], newest: [] };

export function badRatings() {
  return day.bad;
}

export function ratingsBegin(state) {
  Object.assign(day, state);
  draw();
}

/** A rate event: shown once, however often it is heard. */
export function ratingArrived({ at, ticket, rating }) {
  if (day.newest.some((each) => each.ticket === ticket.ticket)) return;
  const { number, window, clerk, service } = ticket;
  const arrived = { ticket: ticket.ticket, number, window, clerk, service, at, ...rating };
  day.levels[rating.level] += 1;
  day.newest = [arrived, ...day.newest].slice(0, MOST);
  if (NEGATIVE.has(rating.level)) day.bad = [arrived, ...day.bad].slice(0, MOST);
  draw();
}

function draw() {
  const counts = Object.entries(day.levels);
  const all = counts.reduce((sum, [, n]) => sum + n, 0);
  const bad = counts.reduce((sum, [level, n]) => sum + (NEGATIVE.has(level) ? n : 0), 0);
  tally("rated", all ? percent((all - bad) / all) : "–", bad ? "caution" : "");
  find("rated-words").textContent = say("rated_today", { n: all });
  drawSummary(all);
  drawBad(bad);
  renew(find("ratings"), day.newest.map(card));
}

function drawSummary(all) {
  find("no-ratings").hidden = all > 0;
  renew(find("levels"), all ? [levelBar(day.levels), levelList(day.levels)] : []);
}

function drawBad(bad) {
  find("bad").textContent = bad;
  find("bad").hidden = bad === 0;
  find("bad-part").hidden = bad === 0;
  renew(find("bad-ratings"), day.bad.map(card));
}

function card(rating) {
  const reasons = rating.reasons.map((code) => make("span", { class: "tag bad" }, data.reasons[code] ?? say("other_reason")));
  return make("li", { class: "card", "data-level": rating.level, "data-negative": String(NEGATIVE.has(rating.level)), "data-rating": rating.number },
    make("span", { class: "head" },
      make("b", {}, say(rating.level)),
      rating.set_aside && make("span", { class: "tag caution" }, say("is_aside")),
      make("span", { class: "soft" }, clock.format(new Date(rating.at)))),
    reasons.length > 0 && make("span", { class: "reasons" }, reasons),
    rating.comment && make("q", {}, rating.comment),
    make("span", { class: "soft" }, whose(rating)));
}

function whose({ window, clerk, number, service, channel }) {
  const parts = [say("window_n", { n: window }), data.staff[clerk], number, data.services[service]?.name, say(channel)];
  return parts.filter(Boolean).join(" · ");
}
