// Times of the hall, in its own zone, as people say them.

const LOCALES = { zh_Hans: "zh-CN", zh_Hant: "zh-TW", en: "en-GB" };

/** "Opens today at 14:00", or nothing when nobody knows. */
export function opening(desk, iso) {
  if (!iso) return null;
  const at = new Date(iso);
  const time = clockTime(desk, at);
  const days = daysBetween(desk, desk.now(), at);
  if (days <= 0) return desk.say("opens_today", { time });
  return days === 1 ? desk.say("opens_tomorrow", { time }) : desk.say("opens_on", { day: dayName(desk, at), time });
}

export function clockTime(desk, at) {
  return format(desk, at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function dayName(desk, at) {
  return format(desk, at, { weekday: "long", month: "long", day: "numeric" });
}

/** A day that is given without a time, such as 2026-11-11. */
export function dateOf(desk, day) {
  const noon = new Date(`${day}T12:00:00Z`);
  return inLocale(desk, { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" }).format(noon);
}

/** The hall's date so many days from then. */
export function dayAfter(desk, days, from = desk.now()) {
  return dateOf(desk, new Date(midnight(desk, from) + days * 86_400_000).toISOString().slice(0, 10));
}

/** Shows the hall's time in the head of the page, each second, once the hall has told it. */
export function wireClock(node, desk) {
  const show = () => {
    if (desk.live === null) return;
    const now = desk.now();
    node.querySelector("time").textContent = clockTime(desk, now);
    node.querySelector("span").textContent = dayName(desk, now);
  };
  desk.addEventListener("live", show);
  setInterval(show, 1000);
}

function format(desk, at, parts) {
  const { timezone } = desk.data.hall;
  return inLocale(desk, { ...parts, timeZone: timezone }).format(at);
}

function inLocale(desk, parts) {
  return new Intl.DateTimeFormat(LOCALES[desk.data.language] ?? "zh-CN", parts);
}

/** "2026-10-12": the hall's day at that moment. */
export function dayOf(desk, at) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: desk.data.hall.timezone }).format(at);
}

function daysBetween(desk, from, to) {
  return Math.round((midnight(desk, to) - midnight(desk, from)) / 86_400_000);
}

function midnight(desk, at) {
  return Date.parse(`${dayOf(desk, at)}T00:00:00Z`);
}
