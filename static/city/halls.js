// Which hall is quickest for me: the way there is counted here, in the phone; nothing about it is sent.
import { fill, pageData } from "../shared/page.js";
import { keepFresh } from "./fresh.js";

const FRESH_SECONDS = 15;
const EARTH_KM = 6371;
const UNKNOWN_MINUTES = 1e4;
const LONG_WAY_MINUTES = 180;

const data = pageData();
const find = (name) => document.querySelector(`[data-${name}]`);
const say = (key, values) => fill(data.words[key], values);
let place = null;

const inTime = find("order").textContent;
keepFresh({ part: "[data-halls]", seconds: FRESH_SECONDS, stale: (time) => say("stale", { time }), seen: arrange });
offerDistricts();
offerPlace();

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

/** The own district first, then who can serve, then the least waiting and way together. */
function arrange() {
  const cards = [...document.querySelectorAll("[data-hall]")];
  cards.forEach(showWay);
  const keys = new Map(cards.map((card) => [card, order(card)]));
  cards.sort((one, two) => compare(keys.get(one), keys.get(two)));
  find("halls").append(...cards);
  if (!place) find("order").textContent = inTime;
}

function order(card) {
  const wanted = find("districts")?.querySelector("select").value ?? "";
  const wait = card.dataset.likely === undefined ? UNKNOWN_MINUTES : Number(card.dataset.likely);
  const way = kilometres(card);
  const minutes = wait + (way === null ? 0 : way * data.minutes_per_km);
  return [Number(wanted !== "" && card.dataset.district !== wanted), 1 - Number(card.dataset.open), minutes];
}

function compare(one, two) {
  const at = one.findIndex((value, index) => value !== two[index]);
  return at < 0 ? 0 : one[at] - two[at];
}

function showWay(card) {
  const way = kilometres(card);
  const line = card.querySelector("[data-way]");
  line.hidden = way === null;
  if (way === null) return;
  line.querySelector("span").textContent = wayWords(way);
}

/** How long the way takes is only told where somebody might go it today. */
function wayWords(way) {
  if (way < 1) return say("metres", { m: Math.max(100, Math.round(way * 10) * 100) });
  const minutes = Math.round(way * data.minutes_per_km);
  return say(minutes > LONG_WAY_MINUTES ? "far" : "km", { km: way.toFixed(way < 100 ? 1 : 0), minutes });
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
