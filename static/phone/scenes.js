// Puts what the phone knows into plain words on the screen.
import { waitSentence } from "/static/shared/page.js";

const find = (selector) => document.querySelector(selector);
const MINUTE = 60_000;

export class Scenes {
  constructor(say, zone) {
    const tongue = document.documentElement.lang || "zh-Hans";
    this.say = say;
    this.clock = new Intl.DateTimeFormat(tongue, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.either = new Intl.ListFormat(tongue, { type: "disjunction" });
    this.calendar = new Intl.DateTimeFormat(tongue, { timeZone: zone, month: "long", day: "numeric" });
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
    for (const part of document.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== name;
    scrollTo(0, 0);
    return true;
  }

  draw(visit, data, now) {
    const ticket = visit.ticket;
    this.fill("number", ticket.number);
    this.fill("service", data.service.name);
    if (ticket.state === "waiting") this.waiting(visit.place, data.service, now);
    if (ticket.state === "called") this.called(ticket, data.areas);
    if (ticket.state === "serving") this.fill("serving_at", this.say("window", ticket));
    if (ticket.state === "held") this.fill("held_at", ticket.window ? this.say("held_at", ticket) : "");
    if (ticket.state === "no_show") this.missed(ticket, data);
    if (visit.rating?.until) this.fill("rate_until", this.say("rate_until", { day: this.day(visit.rating.until) }));
  }

  waiting(place, service, now) {
    const [ahead, low, high] = place ?? [null, null, null];
    this.place(ahead);
    this.fill("wait", this.say(...waitSentence(low, high)));
    this.fill("wait_until", this.between(low, high, now));
    const windows = service.windows.length ? this.say("windows", { windows: this.either.format(service.windows) }) : "";
    this.fill("where", [...service.areas, windows].filter(Boolean).join(" · "));
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
    const at = (minutes) => this.clock.format(new Date(now.getTime() + minutes * MINUTE));
    return this.say("between", { from: at(low), to: at(high) });
  }

  called(ticket, areas) {
    this.around("target", this.say("window"), "{window}", ticket.window);
    this.fill("area", areas.find(([, windows]) => windows.includes(ticket.window))?.[0] ?? "");
    const time = this.clock.format(new Date(ticket.called_at));
    this.fill("called_at", this.say(ticket.calls > 1 ? "called_again" : "called_at", { time, times: ticket.calls }));
  }

  missed(ticket, data) {
    const possible = (ticket.reinstated ?? 0) < data.reinstatements;
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
