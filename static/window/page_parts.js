// Small hands for the terminal's page: texts into their places, parts shown or hidden, times as people read them.
import { pageData, words } from "../shared/page.js";

export const data = pageData();
export const say = words(data);
export const services = new Map(data.services.map((service) => [service.id, service]));

const MINUTE = 60_000;
const language = document.documentElement.lang;
const hallTime = new Intl.DateTimeFormat(language, { timeZone: data.timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const hallDay = new Intl.DateTimeFormat(language, { timeZone: data.timezone, dateStyle: "medium" });

export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Text into its place; the page is touched only when it says something new. */
export function fillIn(name, text) {
  for (const place of findAll(`[data-fill="${name}"]`)) write(place, text);
}

export function write(place, text) {
  const words = String(text ?? "");
  if (place.textContent !== words) place.textContent = words;
}

export function showPart(name, shown) {
  for (const part of findAll(`[data-part="${name}"]`)) part.hidden = !shown;
}

export const timeOf = (moment) => hallTime.format(new Date(moment));
export const dayOf = (moment) => hallDay.format(new Date(moment));

/** Whole minutes between an instant and now; never negative. */
export function minutesSince(instant, now) {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / MINUTE));
}

/** 3:05, or 1:03:05 from an hour on. */
export function clockOf(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (figure) => String(figure).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
