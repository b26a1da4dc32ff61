// Puts what the phone knows into plain words on the screen.
import { waitSentence } from "../shared/page.js";

const find = (selector) => document.querySelector(selector);
const MINUTE = 60_000;
const STEP = 5 * MINUTE;
/** So many people ahead are told to those who hear the page instead of seeing it. */
const TOLD_AT = [0, 1, 2, 3, 5, 10];

export class Scenes {
  constructor(say, zone, readyMinutes) {
    const tongue = document.documentElement.lang || "zh-Hans";
    this.say = say;
    this.readyMinutes = readyMinutes;
    this.clock = new Intl.DateTimeFormat(tongue, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.either = new Intl.ListFormat(tongue, { type: "disjunction" });
    this.heard = null;
    this.calendar = new Intl.DateTimeFormat(tongue === "en" ? "en-GB" : tongue, { timeZone: zone, month: "long", day: "numeric" });
  }

  /** Text into its place, if it is on the page yet; an empty one takes the place away. */
  fill(name, text) {
    const place = find(`[data-fill="${name}"]`);
    if (!place) return;
    if (place.textContent !== String(text)) place.textContent = text;
    place.hidden = text === "";
  }

  /** A sentence whose number stands large in its own place, before, between or after the words. */
  around(name, sentence, gap, number) {
    const [before, after] = sentence.split(gap);
    this.fill(`${name}_before`, before.trim());
    this.fill(name, String(number));
    this.fill(`${name}_after`, after.trim());
  }

  /** Shows one state of the ticket; true when it wasn't on the screen before. */
  show(name) {
    if (!name || document.body.dataset.at === name) return false;
    document.body.dataset.at = name;
    this.heard = null;
    for (const part of document.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== name;
    scrollTo(0, 0);
    return true;
  }

  draw(visit, data, now) {
    const ticket = visit.ticket;
    this.fill("number", ticket.number);
    this.fill("service", data.service.name);
    if (ticket.state === "waiting") this.waiting(visit, data.service, now);
    if (ticket.state === "called") this.called(ticket, data.areas);
    if (ticket.state === "serving") this.fill("serving_at", this.say("window", ticket));
    if (ticket.state === "held") this.fill("held_at", ticket.window ? this.say("held_at", ticket) : "");
    if (ticket.state === "no_show") this.missed(ticket, data, now);
    if (visit.rating?.until) this.fill("rate_until", this.say("rate_until", { day: this.day(visit.rating.until) }));
  }

  waiting(visit, service, now) {
    const [ahead, low, high] = visit.place ?? [null, null, null];
    const away = visit.isAway(now);
    this.place(away ? null : ahead);
    this.away(away ? visit.awayUntil : null, ahead);
    this.more(visit.left);
    if (!away) this.tellSometimes(ahead);
    this.fill("get_ready", !away && isDue(low, this.readyMinutes) ? this.say("get_ready", { area: service.areas.join(" · ") }) : "");
    this.fill("wait", this.say(...waitSentence(low, high)));
    this.fill("wait_until", this.between(low, high, now));
    find("[data-kept]").hidden = !high;
    const windows = service.windows.length ? this.say("windows", { windows: this.either.format(service.windows) }) : "";
    this.fill("ways", service.ways.join(" · "));
    this.fill("where", [...service.areas, windows].filter(Boolean).join(" · "));
  }

  away(until, ahead) {
    find("[data-away]").hidden = !until;
    if (!until) return;
    this.fill("away", this.say("away", { time: this.time(until) }));
    this.fill("away_next", ahead === 0 ? this.say("away_next") : "");
  }

  more(left) {
    find("[data-more-time]").hidden = left === 0;
    this.fill("more_time", this.say("more_time"));
    this.fill("more_left", left ? this.say(`more_left_${left}`) : "");
  }

  /** The title while waiting: seen among the other pages of the browser. */
  title(visit, now) {
    if (visit.ticket?.state !== "waiting") return null;
    const number = visit.ticket.number;
    if (visit.isAway(now)) return this.say("title_away", { number, time: this.time(visit.awayUntil) });
    const ahead = visit.place?.[0];
    return Number.isInteger(ahead) ? this.say(ahead ? "title" : "title_next", { count: ahead, number }) : null;
  }

  /** Read aloud at a few steps only, never at each of them. */
  tellSometimes(ahead) {
    if (ahead === null) return;
    const step = TOLD_AT.find((each) => ahead <= each) ?? Infinity;
    if (this.heard !== null && step < this.heard) this.fill("told", ahead ? this.people(ahead) : find(".next").textContent);
    this.heard = Math.min(step, this.heard ?? Infinity);
  }

  people(ahead) {
    return this.say(ahead === 1 ? "person" : "people", { count: ahead });
  }

  time(iso) {
    return this.clock.format(new Date(iso));
  }

  place(ahead) {
    find(".place").hidden = ahead === null;
    find(".ahead").hidden = !ahead;
    find(".next").hidden = ahead !== 0;
    this.around("ahead", this.say(ahead === 1 ? "person" : "people"), "{count}", ahead ?? "");
  }

  /** The wait once more by the clock on the wall; only when it is long enough to go and buy something. */
  between(low, high, now) {
    if (low === null || low === undefined || high < 15) return "";
    this.span = steady(this.span, [low, high].map((minutes) => now.getTime() + minutes * MINUTE));
    const [from, to] = this.span.map((at) => this.clock.format(new Date(at)));
    return this.say("between", { from, to });
  }

  called(ticket, areas) {
    this.around("target", this.say("window"), "{window}", ticket.window);
    find(".target .number").classList.toggle("long", ticket.window.length > 2);
    const [area, , way] = areas.find(([, windows]) => windows.includes(ticket.window)) ?? ["", [], ""];
    this.fill("area", area);
    this.fill("way", way);
    const time = this.time(ticket.called_at);
    this.fill("called_at", this.say(ticket.calls > 1 ? "called_again" : "called_at", { time, times: ticket.calls }));
  }

  missed(ticket, data, now) {
    const until = data.reinstate_minutes ? new Date(Date.parse(ticket.called_at) + data.reinstate_minutes * MINUTE) : null;
    const possible = (ticket.reinstated ?? 0) < data.reinstatements && !(until < now && until);
    this.fill("missed_until", until ? this.say("missed_until", { time: this.clock.format(until) }) : "");
    for (const part of document.querySelectorAll("[data-if-possible]")) part.hidden = !possible;
    find("[data-if-used-up]").hidden = possible;
  }

  day(iso) {
    return this.calendar.format(new Date(iso));
  }

  armed(staysAwake) {
    find("[data-arm]").hidden = true;
    find("[data-before]").hidden = true;
    find("[data-armed]").hidden = false;
    this.fill("armed", this.say(staysAwake ? "armed_awake" : "armed"));
  }

  /** The holder has seen the call. */
  coming(seen) {
    find("[data-coming]").hidden = seen;
    find("[data-thanks-coming]").hidden = !seen;
  }
}

/** Times on the clock that stay as they are while the wait shrinks step by step with the time that passes. */
function steady(before, found) {
  const holds = before?.every((at, end) => Math.abs(at - found[end]) < STEP);
  return holds ? before : found.map((at) => Math.round(at / STEP) * STEP);
}

/** Who has a walk sets out that much before the call may come; 0: nobody has to. */
function isDue(low, minutes) {
  return minutes > 0 && Number.isFinite(low) && low <= minutes;
}
