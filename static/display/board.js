/** The hall's board: the newest call large, those before it, who waits, what is paused, how old all this is. */
import { openHall } from "/static/shared/hall.js";
import { openChime } from "/static/shared/chime.js";
import { pageData, words } from "/static/shared/page.js";
import { Calls, arrange, isFresh } from "/static/display/calls.js";
import { openHero } from "/static/display/hero.js";
import { isAwaited, row, sync } from "/static/display/rows.js";
import { openSound } from "/static/display/sound.js";
import { openStatus } from "/static/display/status.js";
import { openStrip } from "/static/display/strip.js";
import { openWaiting } from "/static/display/waiting.js";

const SEEN_FOR = 10_000;
const SEEN_LEAST = 1500;
const YOUNG = 60_000;

const facts = pageData();
const say = words(facts);
const root = document.querySelector(".board");
const list = root.querySelector("[data-list]");
const isOurs = (window) => window !== null && (!facts.area || facts.window_area[window] === facts.area.id);
const calls = new Calls(isOurs);
const hero = openHero(root.querySelector("[data-hero]"), facts, say, facts.words.window);
const waiting = openWaiting(root.querySelector("[data-waiting]"), facts.groups, say);
const strip = openStrip(root.querySelector("[data-strip]"), facts, say, isOurs);
const chime = openSound(root.querySelector("[data-sound]"), openChime);
const rows = new Map();
let hold = SEEN_FOR;
let drawn = false;

const hall = openHall({ screen: "board", area: facts.area?.id }, {
  snapshot(state, meta) {
    status.speed(meta.speed);
    hold = Math.max(SEEN_LEAST, SEEN_FOR / meta.speed);
    calls.replace(state.calls, hall.now().getTime(), (drawn || meta.missed ? YOUNG : SEEN_FOR) * meta.speed);
    strip.replace(state.windows);
    waiting.update(state.lines);
    draw();
  },
  events(happened) {
    for (const event of happened) if (calls.take(event)) chime.ring();
    strip.update(happened.map((event) => event.window).filter(Boolean));
    draw();
  },
  lines: (changed) => waiting.update(changed),
  live: (isLive, age) => status.live(isLive, age),
  refused: (problem) => status.refused(problem),
});
const status = openStatus(root, facts, say, () => hall.now());

function draw() {
  const now = performance.now();
  calls.forget(hall.now().getTime());
  const { mode, shown } = arrange(calls.list, now, hold, root.dataset.mode);
  root.dataset.mode = mode;
  for (const call of shown) call.shown ??= now;
  hero.show(mode === "hero" ? shown[0] : null, shown.length > 0 && isFresh(shown[0], now, hold));
  const listed = mode === "hero" ? shown.slice(1) : shown;
  sync(list, listed.map((call) => rowOf(call, now, call === shown[0])));
  drawn = true;
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
  const known = new Set(calls.list.map((call) => call.ticket));
  for (const ticket of rows.keys()) if (!known.has(ticket)) rows.delete(ticket);
}

setInterval(tidy, 1000);
