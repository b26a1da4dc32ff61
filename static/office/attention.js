// What a supervisor should look at now, worst first. Every rule is one function that answers with a finding or null.
import { data, say } from "./desk.js";
import { keepsSince } from "./hours.js";

/** Minutes; a service is long when it takes twice its usual time and at least five minutes more. */
export const LIMITS = { wait: 30, service_factor: 2, service_more: 5, walk: 4, idle: 2, pause: 15, empty: 5, rating: 60, together: 4 };

/** Findings: {level: bad|caution, kind, window?, text, minutes, people, several?}. */
export function findings(floor, badRatings, areas = [], others = []) {
  const found = [...floor.windows.values()].map((view) => ofWindow(floor, view)).filter(Boolean);
  const ratings = badRatings.map((rating) => ofRating(floor, rating)).filter(Boolean);
  const unheard = areas.map((state) => ofAnnouncements(floor, state)).filter(Boolean);
  return [...together(found), ...stranded(floor), ...unheard, ...ratings, ...others].sort(worst);
}

/** Many empty windows that nobody waits for are one thing to look at, not twenty. */
function together(found) {
  const quiet = found.filter(({ kind, people }) => kind === "empty" && !people);
  if (quiet.length < LIMITS.together) return found;
  const windows = quiet.map(({ window }) => window).join(say("between"));
  const minutes = Math.max(...quiet.map((each) => each.minutes));
  const one = { ...finding("caution", "empty", null, minutes, 0, windows), several: quiet.length };
  return [...found.filter((each) => !quiet.includes(each)), one];
}

/** What stands out at one window, or null. */
export function ofWindow(floor, view) {
  const ticket = floor.running.get(view.ticket);
  if (view.state === "closed") return empty(floor, view);
  if (ticket) return ticket.state === "called" ? walking(floor, view, ticket) : long(floor, view, ticket);
  return view.state === "paused" ? paused(floor, view) : idle(floor, view);
}

function empty(floor, { window, since }) {
  const opened = keepsSince(window, floor.now());
  if (!opened) return null;
  const minutes = floor.minutesSince(Math.max(opened, since ? new Date(since) : 0));
  const people = floor.callers(window);
  if (!people && minutes < LIMITS.empty) return null;
  return finding(people ? "bad" : "caution", "empty", window, minutes, people, "");
}

function paused(floor, view) {
  const [minutes, people] = [floor.minutesSince(view.since), floor.callers(view.window)];
  if (minutes < LIMITS.pause && !people) return null;
  const level = people && minutes >= LIMITS.pause ? "bad" : "caution";
  return finding(level, "paused", view.window, minutes, people, data.pauses[view.pause_reason] ?? say("paused"));
}

function idle(floor, view) {
  const [minutes, people] = [Math.min(floor.freeMinutes(view), floor.longestCaller(view.window)), floor.callers(view.window)];
  if (!people || minutes < LIMITS.idle) return null;
  return finding("caution", "idle", view.window, minutes, people, "");
}

function walking(floor, view, ticket) {
  const minutes = floor.busyMinutes(ticket);
  if (minutes < LIMITS.walk) return null;
  return finding("caution", "walking", view.window, minutes, 0, say("find_walking", { number: ticket.number }));
}

function long(floor, view, ticket) {
  const [minutes, usual] = [floor.busyMinutes(ticket), data.services[ticket.service].minutes];
  if (minutes < Math.max(usual * LIMITS.service_factor, usual + LIMITS.service_more)) return null;
  const text = say("find_long", { number: ticket.number, usual: Math.round(usual) });
  return finding("caution", "long", view.window, minutes, floor.callers(view.window), text);
}

/** People who wait although none of the windows for them is open or ought to be. */
function stranded(floor) {
  const helped = new Set();
  for (const view of floor.windows.values()) {
    if (view.state === "closed" && !keepsSince(view.window, floor.now())) continue;
    for (const service of data.windows[view.window].serves) helped.add(service);
  }
  return floor.byService().filter((row) => !helped.has(row.service)).map((row) =>
    finding("bad", "stranded", null, row.longest, row.waiting, say("find_stranded", { service: data.services[row.service].name })));
}

/** An area whose calls nobody hears while somebody sits there, or whose announcements lag behind. */
export function ofAnnouncements(floor, { area, name, sound, waiting, oldest, late }) {
  const staffed = [...floor.windows.values()].some((view) => view.state !== "closed" && data.windows[view.window].area === area);
  if (late) return told("bad", "late", say("find_late", { area: name, n: waiting, seconds: oldest }));
  if (!staffed || sound === "heard" || sound === "quiet") return null;
  const kind = sound === "none" ? "silent" : "not_heard";
  return told(waiting ? "bad" : "caution", kind, say(`find_${kind}`, { area: name }));
}

const UNHEARD = new Set(["late", "silent", "not_heard"]);
const told = (level, kind, text) => finding(level, kind, null, null, 0, text);

function ofRating(floor, rating) {
  const minutes = floor.minutesSince(rating.at);
  if (minutes > LIMITS.rating) return null;
  const reasons = rating.reasons.map((code) => data.reasons[code] ?? say("other_reason"));
  const words = [say(rating.level), ...reasons, rating.comment && `“${rating.comment}”`].filter(Boolean);
  return finding("bad", "rating", rating.window, minutes, 0, words.join(" · "));
}

const finding = (level, kind, window, minutes, people, text) => ({ level, kind, window, minutes, people, text });

/** Where people wait comes first; a rating is over, however bad it was. */
function worst(a, b) {
  const rank = ({ level, people, kind }) => (level === "bad" ? 0 : 2) + (people || kind === "rating" || UNHEARD.has(kind) ? 0 : 1);
  return rank(a) - rank(b) || b.people - a.people || b.minutes - a.minutes;
}
