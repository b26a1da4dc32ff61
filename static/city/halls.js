// Which hall is quickest for me: the way there is counted here, in the phone; nothing about it is sent.
import { fill, pageData } from "../shared/page.js";
import { keepFresh } from "./fresh.js";

const FRESH_SECONDS = 15;
const EARTH_KM = 6371;
const UNKNOWN_MINUTES = 1e4;
const LONG_WAY_MINUTES = 180;
const AT_FIRST = 10; // halls; whoever wants more asks for all

const data = pageData();
const find = (name) => document.querySelector(`[data-${name}]`);
const say = (key, values) => fill(data.words[key], values);
let place = null;
let wantsAll = false;

keepFresh({ part: "[data-halls]", seconds: FRESH_SECONDS, stale: (time) => say("stale", { time }), seen: arrange });
offerDistricts();
offerPlace();
offerAll();
arrange();

/** Only where the browser can tell: on https, or on the machine itself. */
function offerPlace() {
  if (!document.querySelector("[data-latitude]")) return;
  find("near").hidden = false;
  find("locate").addEventListener("click", locate);
}

function locate() {
  if (!window.isSecureContext || !navigator.geolocation) return told("insecure");
  told("looking");
  return navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      place = coords;
      find("private").hidden = true; // the sentence below says it from now on
      arrange();
      told("sorted", { minutes: data.minutes_per_km });
    },
    () => told("refused"),
    { maximumAge: 300_000, timeout: 15_000 },
  );
}

function told(key, values = {}) {
  find("order").textContent = say(key, values);
}

function offerDistricts() {
  const field = find("districts");
  if (!field) return;
  field.hidden = false;
  field.querySelector("select").addEventListener("change", arrange);
}

/** Sorted, those first that are sorted first; marked where the way counts. */
function arrange() {
  const cards = [...document.querySelectorAll("[data-hall]")];
  const keys = new Map(cards.map((card) => [card, order(card)]));
  cards.sort((one, two) => compare(keys.get(one), keys.get(two)));
  find("halls").append(...cards);
  cards.forEach(showWay);
  mark(cards);
  shorten(cards);
}

/** The own district first, then who can serve, then where one gets in time, then the least waiting and way together. */
function order(card) {
  const wanted = find("districts")?.querySelector("select").value ?? "";
  return [
    Number(wanted !== "" && card.dataset.district !== wanted),
    1 - Number(card.dataset.open),
    Number(isTooFar(card)),
    (waitOf(card) ?? UNKNOWN_MINUTES) + (wayOf(card) ?? 0),
  ];
}

function compare(one, two) {
  const at = one.findIndex((value, index) => value !== two[index]);
  return at < 0 ? 0 : one[at] - two[at];
}

/** Minutes; null where the wait isn't known. */
function waitOf(card) {
  return card.dataset.likely === undefined ? null : Number(card.dataset.likely);
}

/** Minutes; null while nobody knows how far it is. */
function wayOf(card) {
  const way = kilometres(card);
  return way === null ? null : way * data.minutes_per_km;
}

/** Whether it closes before one could be there. */
function isTooFar(card) {
  return card.dataset.closesIn !== undefined && (wayOf(card) ?? 0) >= Number(card.dataset.closesIn);
}

function showWay(card) {
  const way = kilometres(card);
  const [line, total] = [card.querySelector("[data-way]"), card.querySelector("[data-total]")];
  line.hidden = way === null;
  total.textContent = way === null ? "" : totalWords(card);
  total.hidden = total.textContent === "";
  if (way !== null) line.querySelector("span").textContent = wayWords(way);
}

/** How long the way takes is only told where somebody might go it today. */
function wayWords(way) {
  if (way < 1) return say("metres", { m: Math.max(100, Math.round(way * 10) * 100) });
  const minutes = Math.round(way * data.minutes_per_km);
  return say(minutes > LONG_WAY_MINUTES ? "far" : "km", { km: way.toFixed(way < 100 ? 1 : 0), minutes });
}

function totalWords(card) {
  if (isTooFar(card)) return say("too_late");
  if (!isCompared(card) || wayOf(card) > LONG_WAY_MINUTES) return "";
  return say("total", { minutes: Math.max(1, Math.round(wayOf(card) + waitOf(card))) });
}

/** Whether it is known when it would be one's turn there. */
function isCompared(card) {
  return card.dataset.open === "1" && waitOf(card) !== null && wayOf(card) !== null && !isTooFar(card);
}

/** With a place the way counts, so another mark stands: at the least of both, where there are two to compare. */
function mark(cards) {
  const totals = new Map(cards.filter(isCompared).map((card) => [card, waitOf(card) + wayOf(card)]));
  const least = totals.size > 1 ? Math.min(...totals.values()) : null;
  for (const card of cards) {
    card.querySelector("[data-best]").hidden = least === null || totals.get(card) !== least;
    const shortest = card.querySelector("[data-quickest]");
    if (shortest) shortest.hidden = place !== null;
  }
}

/** A long list begins with those that are sorted first. */
function shorten(cards) {
  const short = !wantsAll && cards.length > AT_FIRST;
  cards.forEach((card, index) => (card.hidden = short && index >= AT_FIRST));
  find("more").hidden = !short;
}

function offerAll() {
  find("more").addEventListener("click", () => {
    const next = document.querySelector("[data-hall][hidden]");
    wantsAll = true;
    arrange();
    next.querySelector("h2").focus();
  });
}

/** As the crow flies (haversine); null where either place isn't known. */
function kilometres(card) {
  if (!place || card.dataset.latitude === undefined) return null;
  const [from, to] = [place.latitude, Number(card.dataset.latitude)].map(radians);
  const across = radians(Number(card.dataset.longitude) - place.longitude);
  const part = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(across / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(part));
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
