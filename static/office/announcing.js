// What is said aloud: who speaks in each area, what waits to be said, and the log of it.
import { icon, make } from "../shared/page.js";
import { data, find, look, renew, say } from "./desk.js";

const PART = "#announcing";
const LINES = 200;
const SOON = 1500;
const ICONS = { heard: "check", quiet: "info", not_heard: "bell", none: "close" };
const when = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: data.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});
const area = document.getElementById("announced-area");
const states = new Map();
let timer = null;

export function startAnnouncing() {
  area.replaceChildren(make("option", { value: "" }, say("all_areas")),
    ...data.areas.map((each) => make("option", { value: each.area }, each.name)));
  area.addEventListener("change", load);
  addEventListener("hashchange", load);
  load();
}

/** After a snapshot all of them, later those that changed. */
export function announcingMoved(changed) {
  for (const state of changed) states.set(state.area, state);
  renew(find("speakers"), [...states.values()].map(card));
  if (location.hash === PART) timer ??= setTimeout(load, SOON);
}

/** For whoever looks for what should be looked at. */
export function announcingStates() {
  return [...states.values()].map((state) => ({ ...state, name: nameOf(state.area) }));
}

function nameOf(wanted) {
  return data.areas.find((each) => each.area === wanted)?.name ?? wanted;
}

function card({ area: name, sound, able, machine, kind, now, waiting, oldest, late }) {
  const words = [say(`sound_${sound}`), kind && say(`spoken_by_${kind}`, { name: machine === "loopback" ? say("own_machine") : machine }), able === "chime" && say("able_chime")];
  const alarm = sound === "none" || sound === "not_heard" ? "bad" : late && "caution";
  return make("li", { class: "card", "data-area": name, "data-sound": sound, "data-alarm": alarm || null },
    make("h3", {}, nameOf(name)),
    make("p", { class: "sound" }, icon(ICONS[sound]), make("span", {}, words.filter(Boolean).join(" · "))),
    make("p", { class: late ? "alarm" : "soft" }, waiting ? say("waiting_some", { n: waiting, seconds: oldest }) : say("waiting_none")),
    make("p", { class: "now-said" }, now ? say("being_said", { ...now, language: say(now.language) }) : "–"));
}

async function load() {
  clearTimeout(timer);
  timer = null;
  if (location.hash !== PART) return;
  const wish = new URLSearchParams({ limit: LINES, ...(area.value ? { area: area.value } : {}) });
  const told = await look(`/api/v1/announcements?${wish}`);
  if (!told) return;
  renew(find("announced"), told.announcements.toReversed().map(row));
  find("no-announcements").textContent = told.announcements.length ? "" : say("no_announcements");
  find("no-announcements").hidden = told.announcements.length > 0;
}

function row(line) {
  const { outcome, number, window, language, turn } = line;
  return make("tr", { "data-call": line.call, "data-outcome": outcome },
    make("td", {}, time(line.called_at)), make("td", {}, nameOf(line.area)), make("td", {}, number), make("td", {}, window),
    make("td", {}, say(language), turn > 1 && make("span", { class: "soft" }, ` ${say("once_more")}`)),
    make("td", {}, time(line.began_at)), make("td", {}, time(line.ended_at)), make("td", { class: "words" }, became(line)));
}

function became({ outcome, reason, by, began_real: began, ended_real: ended, again }) {
  const seconds = began && ended ? ((new Date(ended) - new Date(began)) / 1000).toFixed(1) : null;
  const parts = [say(`outcome_${outcome}`), reason && say(`skip_${reason}`), by && say(`by_${by}`),
    seconds && say("took", { seconds }), again && say("recalled")];
  return parts.filter(Boolean).join(" · ");
}

const time = (at) => (at ? when.format(new Date(at)) : "–");
