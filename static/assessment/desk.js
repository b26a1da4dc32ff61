// What the pages of assessment share: the page's data and words, asking the API, and how points, days and moments are written.
import { here, make, pageData, words } from "../shared/page.js";
import { press } from "../shared/press.js";

export const data = pageData();
export const say = words(data);
export const find = (name, within = document) => within.querySelector(`[data-${name}]`);

const language = document.documentElement.lang;
const day = new Intl.DateTimeFormat(language, { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" });
const moment = new Intl.DateTimeFormat(language, {
  timeZone: data.zone, year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
});

export const dayText = (text) => day.format(new Date(`${text}T00:00:00Z`));
export const momentText = (text) => moment.format(new Date(text));

/** −2, +0.5, 0: what is taken and what is given. */
export const signed = (points) => (points > 0 ? `+${plain(points)}` : plain(points));
export const plain = (number) => String(+Number(number).toFixed(4)).replace("-", "−");
export const percent = (share) => `${+(100 * share).toFixed(1)}%`;

/** A press: its answer, or null after the refusal has been said. */
export async function ask(path, body = {}, how = {}) {
  complain("");
  try {
    return await press(path, body, how);
  } catch (refusal) {
    if (!refusal.problem) throw refusal;
    complain(refusal.problem.detail ?? say("uncertain"));
    return null;
  }
}

/** A look at the API: the answer, or null after the trouble has been said; `quiet` codes are no trouble. */
export async function look(path, quiet = []) {
  try {
    const answer = await fetch(path, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    complain(answer.ok || quiet.includes(told.code) ? "" : told.detail);
    return answer.ok ? told : null;
  } catch {
    complain(say("uncertain"));
    return null;
  }
}

export function complain(sentence) {
  const place = find("fault");
  place.textContent = sentence;
  place.hidden = !sentence;
  if (sentence) place.scrollIntoView({ block: "nearest" });
}

/** The name of a window or clerk as lists show it. */
export function nameOf(by, subject) {
  return by === "window" ? say("window_named", { window: subject, name: data.windows[subject] ?? "" }) : data.clerks?.[subject] ?? subject;
}

/** 2026-10 as people say it. */
export const monthName = (period) => (data.stretches?.month ?? data.months ?? []).find((each) => each.period === period)?.name ?? period;
export const monthNames = (periods) => periods.map(monthName).join(say("between"));

/** Who did it: a name where the hall knows it. */
export const person = (actor) => data.staff?.[String(actor).replace(/^staff:/, "")] ?? actor;

export const tag = (tint, ...words) => make("span", { class: `tag ${tint}` }, ...words);
export { here, make };
