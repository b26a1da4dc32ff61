/** The hall's board: the newest call large, those before it, and beside them what was composed for this board. */
import { openHall } from "../shared/hall.js";
import { pageData, words } from "../shared/page.js";
import { openAnnouncing } from "./announcing.js";
import { Calls, ROOM, arrange, isFresh } from "./calls.js";
import { careFor } from "./care.js";
import { openComposed } from "./composed.js";
import { examplesOf } from "./examples.js";
import { openHero } from "./hero.js";
import { openNight } from "./night.js";
import { openPanels } from "./panels.js";
import { openPlaylist } from "./playlist.js";
import { isAwaited, row, sync } from "./rows.js";
import { openSoon } from "./soon.js";
import { openStatus } from "./status.js";
import { openStrip } from "./strip.js";
import { openWaiting } from "./waiting.js";

const SEEN_FOR = 10_000;
const SEEN_LEAST = 1500;
const YOUNG = 60_000;

const facts = pageData();
const say = words(facts);
const root = document.querySelector(".board");
const list = root.querySelector("[data-list]");
const device = document.documentElement.dataset.theme;
const isOurs = (window) => window !== null && (!facts.area || facts.window_area[window] === facts.area.id);
const calls = new Calls(isOurs);
const hero = openHero(root.querySelector("[data-hero]"), facts, say, facts.words.window);
const waiting = openWaiting(root.querySelector("[data-waiting]"), facts.groups, say);
const strip = openStrip(root.querySelector("[data-strip]"), facts, say, isOurs);
const soon = openSoon(facts, (numbers) => strip.ready(numbers));
const panels = openPanels(root, facts, say);
const media = root.querySelector("[data-media]");
const playlist = openPlaylist(media, panels.panel, (isAlive) => lay(isAlive));
const rows = new Map();
const examples = facts.preview ? examplesOf(facts) : [];
let hold = SEEN_FOR;
let drawn = false;
let room = ROOM.hero;
let shown = facts.shown;
let day = "";

const hall = openHall({ screen: "board", area: facts.area?.id }, {
  snapshot(state, meta) {
    status.speed(meta.speed);
    hold = Math.max(SEEN_LEAST, SEEN_FOR / meta.speed);
    calls.replace(state.calls, hall.now().getTime(), (drawn || meta.missed ? YOUNG : SEEN_FOR) * meta.speed);
    strip.replace(state.windows);
    waiting.update(state.lines);
    soon.look();
    composed.told(state.composed);
    announcing.begin(state.announcing);
    draw();
    drawn = true;
  },
  events(happened) {
    for (const event of happened) if (calls.take(event)) announcing.called(event.ticket.window);
    strip.update(happened.map((event) => event.window).filter(Boolean));
    draw();
  },
  lines(changed) {
    waiting.update(changed);
    soon.look();
  },
  board: (message) => composed.told(message.composed),
  announcing: ({ areas }) => announcing.told(areas),
  live(isLive, age) {
    status.live(isLive, age);
    if (!isLive) strip.ready([]);
  },
  refused: (problem) => status.refused(problem),
});
const status = openStatus(root, facts, say, () => hall.now());
const announcing = openAnnouncing(root, facts, hall.question);
const night = openNight(root, facts, say, hall);
const composed = openComposed(facts, compose);

function compose(wanted) {
  shown = wanted;
  const theme = shown.look === "device" ? device : shown.look;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.documentElement.dataset.screen = shown.size;
  night.apply(shown);
  strip.compose(shown);
  lay(true);
}

/** Pictures that can't be shown, or that there are none of, leave their room to the panels, or to the calls. */
function lay(hasMedia) {
  root.dataset.layout = layoutOf(hasMedia);
  panels.apply(shown);
  playlist.set(playing());
  if (root.dataset.layout === "media") playlist.refresh();
  room = Number(getComputedStyle(root).getPropertyValue("--room")) || ROOM.hero;
  draw();
}

function layoutOf(hasMedia) {
  if (shown.layout === "media" && hasMedia && playing().length) return "media";
  const hasPanels = shown.layout !== "calls" && shown.panels.length > 0;
  return hasPanels ? "beside" : "calls";
}

function playing() {
  if (shown.layout !== "media" || !shown.playlist.length) return [];
  const cards = shown.panels.filter((name) => name !== "waiting").map((panel) => ({ kind: "card", panel }));
  return [...shown.playlist, ...cards];
}

function draw() {
  const now = performance.now();
  calls.forget(hall.now().getTime());
  const all = facts.preview && !calls.list.length ? examples : calls.list;
  const { mode, shown: drawing } = arrange(all, now, hold, root.dataset.mode, room);
  root.dataset.mode = mode;
  for (const call of drawing) call.shown ??= now;
  hero.show(mode === "hero" ? drawing[0] : null, drawing.length > 0 && isFresh(drawing[0], now, hold), hall.now().getTime());
  const listed = mode === "hero" ? drawing.slice(1) : drawing;
  sync(list, listed.map((call) => rowOf(call, now, call === drawing[0])));
  const isNight = night.look(all);
  media.hidden = root.dataset.layout !== "media";
  playlist.run(shown.layout === "media" && mode === "hero" && !isNight);
}

/** The same element as long as it says the same. */
function rowOf(call, now, newest) {
  const key = [call.calls, call.window, call.state, call.again, newest].join(" ");
  const kept = rows.get(call.ticket);
  const item = kept?.key === key ? kept.item : row(call, say, facts.words.window, newest);
  rows.set(call.ticket, { key, item });
  item.dataset.state = call.state;
  item.classList.toggle("fresh", isAwaited(call) && isFresh(call, now, hold));
  return item;
}

function tidy() {
  draw();
  const today = hall.now().toLocaleDateString("sv", { timeZone: facts.timezone });
  if (day && today !== day) composed.newDay();
  day = today;
  const known = new Set(calls.list.map((call) => call.ticket));
  for (const ticket of rows.keys()) if (!known.has(ticket)) rows.delete(ticket);
}

setInterval(tidy, 1000);
addEventListener("resize", () => lay(root.dataset.layout === shown.layout));
careFor(root);
