// The log: who did what, when and from where, in sentences; the newest first.
import { here, make } from "../shared/page.js";
import { data, find, look, say } from "./desk.js";

const PAGE = 50;
const when = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: data.zone, month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});
/** Facts that the sentences say in words. */
const SAID = new Set(["code", "staff", "kind", "place", "good", "why", "at_seq", "rows", "seconds", "to_seq", "to_at", "times", "slip", "printer", "line", "rule", "effect", "because"]);

const shown = { wish: {}, before: 0 };

export function startLog() {
  const form = find("log-form");
  offer(form.actor, say("anybody"), Object.entries(data.staff).map(([id, name]) => [`staff:${id}`, name]));
  offer(form.window, say("any_window"), Object.keys(data.windows).sort(byNumber).map((id) => [id, id]));
  offer(form.action, say("anything"), actions());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(form);
  });
  form.addEventListener("reset", () => setTimeout(() => begin(form)));
  find("log-more").addEventListener("click", more);
  document.querySelector('[data-part="log"]').addEventListener("click", () => begin(form));
  if (location.hash === "#log") begin(form);
}

const byNumber = (a, b) => a.localeCompare(b, undefined, { numeric: true });
const actions = () => Object.keys(data.words).filter((key) => key.startsWith("act_")).map((key) => [key.slice(4), say(key)]);

function offer(select, all, options) {
  select.replaceChildren(make("option", { value: "" }, all), ...options.map(([value, name]) => make("option", { value }, name)));
}

function begin(form) {
  shown.wish = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  shown.before = 0;
  find("log").replaceChildren();
  return more();
}

/** A page may hold little where a filter finds little: then the next one is asked for at once, a few times. */
async function more() {
  for (let pages = 0, found = 0; pages < 10 && found < PAGE; pages += 1) {
    const wish = { ...shown.wish, limit: PAGE, ...(shown.before ? { before: shown.before } : {}) };
    const answer = await look(`/api/v1/log?${new URLSearchParams(wish)}`);
    if (!answer) return;
    find("log").append(...answer.entries.map(row));
    shown.before = answer.before;
    found += answer.entries.length;
    if (!shown.before) break;
  }
  find("log-more").hidden = !shown.before;
  find("log-said").textContent = find("log").children.length ? "" : say("log_nothing");
}

function row(entry) {
  return make("tr", { "data-entry": entry.seq, "data-action": entry.action },
    make("td", {}, when.format(new Date(entry.at))), make("td", {}, actor(entry.actor)),
    make("td", {}, sentence(entry), details(entry)), make("td", {}, entry.source || "–"),
    make("td", { class: "figure" }, String(entry.seq)));
}

function actor({ id, kind, name, device, place }) {
  if (name) return here(name);
  if (device) return [say(`device_${device}`), placeName(place)].filter(Boolean).join(" ");
  const key = `actor_${kind}`;
  return key in data.words ? say(key) : id;
}

function placeName(place) {
  return place ? data.areas.find(({ area }) => area === place)?.name ?? place : "";
}

function sentence({ action, number, service, window, facts }) {
  const key = action === "postpone" && facts.postponed ? "log_postponed" : `log_${action}`;
  if (!(key in data.words)) return action;
  return say(key, {
    ...facts, number: number ?? "", service: data.services[service]?.name ?? service ?? "", window: window ?? "",
    to: target(facts), reason: data.pauses[facts.pause_reason] ?? facts.pause_reason ?? "", outcome: say(`outcome_${facts.outcome}`),
    staff: data.staff[facts.staff] ?? facts.staff ?? "", kind: word("kind", facts.kind) ?? word("device", facts.kind) ?? facts.kind ?? "",
    line: data.services[facts.line]?.name ?? facts.line ?? "",
    why: word("why", facts.why) ?? "", good: say(facts.good ? "verdict_good" : "verdict_bad"), place: placeName(facts.place),
  });
}

const word = (group, code) => (`${group}_${code}` in data.words ? say(`${group}_${code}`) : null);

function target({ service, direct_window: window }) {
  if (window) return say("to_window", { window });
  return service ? data.services[service]?.name ?? service : say("to_line");
}

/** What a note's sentence leaves out; of tickets and windows it leaves nothing out. */
function details({ facts, ticket, window }) {
  const told = ticket || window ? [] : Object.entries(facts).filter(([name, value]) => !SAID.has(name) && value !== null);
  return told.length ? make("span", { class: "small" }, told.map(([name, value]) => `${name}: ${value}`).join(" · ")) : null;
}
