// The hall at a glance: figures, what needs a look, who waits where, what every window does.
import { make, waitSentence } from "../shared/page.js";
import { announcingStates } from "./announcing.js";
import { LIMITS, findings } from "./attention.js";
import { windowCard } from "./cards.js";
import { ask, clock, data, find, renew, say, tally } from "./desk.js";
import { Floor } from "./floor.js";
import { keepsSince } from "./hours.js";
import { printerFindings } from "./printers.js";
import { badRatings } from "./ratings.js";

const ROWS = 6;
const REDRAW_AFTER = 15_000;
const TOGETHER = 100;

export class Wall {
  constructor(now) {
    this.floor = new Floor(now);
  }

  begin(state) {
    this.floor.begin(state);
    this.draw();
  }

  happened(list) {
    this.floor.happened(list);
    this.soon();
  }

  lines(list) {
    this.floor.lines(list);
    this.soon();
  }

  /** Many events in one moment are drawn once. */
  soon() {
    this.timer ??= setTimeout(() => this.draw(), TOGETHER);
  }

  /** Once a second: minutes grow without events. */
  tick() {
    if (performance.now() - this.drawn > REDRAW_AFTER) this.draw();
  }

  draw() {
    clearTimeout(this.timer);
    this.timer = null;
    this.drawn = performance.now();
    this.found = findings(this.floor, badRatings(), announcingStates(), printerFindings());
    this.drawTiles();
    this.drawFindings();
    this.drawStuck();
    this.drawWindows();
  }

  drawTiles() {
    const { floor } = this;
    const views = [...floor.windows.values()];
    const staffed = views.filter(({ state }) => state !== "closed").length;
    const due = views.filter(({ window, state }) => state !== "closed" || keepsSince(window, floor.now())).length;
    const longest = Math.max(0, ...[...floor.waiting.values()].map((ticket) => floor.waited(ticket)));
    const paused = views.filter(({ state }) => state === "paused").length;
    tally("waiting", floor.waiting.size);
    tally("longest", longest, longest >= LIMITS.wait ? "bad" : "");
    tally("open", say("of", { n: staffed, all: due }));
    tally("empty", due - staffed, due > staffed ? "bad" : "");
    tally("paused", paused, paused ? "caution" : "");
  }

  drawFindings() {
    const views = [...this.floor.windows.values()];
    const isShut = views.every(({ window, state }) => state === "closed" && !keepsSince(window, this.floor.now()));
    find("calm").hidden = this.found.length > 0 || isShut;
    find("shut").hidden = this.found.length > 0 || !isShut;
    find("found").textContent = this.found.length || "";
    renew(find("findings"), this.found.map(findingRow));
  }

  drawStuck() {
    const rows = this.floor.byService();
    const shown = rows.slice(0, ROWS).map((row) => this.stuckRow(row));
    renew(find("stuck"), shown.length ? shown : [nobody()]);
    find("stuck-more").textContent = rows.length > ROWS ? say("more_services", { n: rows.length - ROWS }) : "";
  }

  stuckRow({ service, waiting, longest, away }) {
    const { name, department } = data.services[service];
    const line = this.floor.line.get(service);
    return make("tr", { "data-service": service },
      make("td", {}, make("span", { class: "service" }, name), make("span", { class: "soft" }, department), endsLate(service, line),
        away.map((ticket) => make("p", { class: "soft" }, this.awayWords(ticket)))),
      make("td", { class: "figure" }, String(waiting)),
      make("td", { class: longest >= LIMITS.wait ? "figure alarm" : "figure" }, say("minutes", { n: longest })),
      make("td", { class: "figure soft" }, line ? say(...waitSentence(line.low, line.high)) : ""));
  }

  awayWords({ number, not_before: until }) {
    return say("away_until", { number, time: clock.format(new Date(until)) });
  }

  /** By areas, where the hall has several. */
  drawWindows() {
    const levels = new Map(this.found.filter(({ kind }) => kind !== "rating").map(({ window, level }) => [window, level]));
    const groups = data.areas.map(({ area, name }) => ({ area, name, views: this.inArea(area) })).filter(({ views }) => views.length);
    renew(find("windows"), groups.flatMap(({ area, name, views }) => [
      groups.length > 1 && make("h3", {}, name),
      make("ul", { class: "windows", "data-area": area }, views.map((view) => windowCard(this.floor, view, levels.get(view.window)))),
    ]).filter(Boolean));
  }

  inArea(area) {
    return [...this.floor.windows.values()].filter(({ window }) => data.windows[window].area === area);
  }
}

function findingRow({ level, kind, window, text, minutes, people, several }) {
  return make("li", { "data-level": level, "data-kind": kind, "data-window": window },
    make("b", { class: "sign number" }, window ?? (several ? `${several}×` : "–")),
    make("span", { class: "what" },
      make("b", { class: "kind" }, say(`kind_${kind}`)), " ",
      window && make("span", {}, data.windows[window].name),
      text && make("span", { class: "text" }, text)),
    people > 0 && make("span", { class: "soft" }, say("people_wait", { n: people })),
    minutes !== null && make("b", { class: "number" }, say(kind === "rating" ? "minutes_ago" : "minutes", { n: minutes })));
}

/** A line that gives no more numbers, and the press by which it does again. */
function endsLate(service, line) {
  if (line?.status !== "ends_late") return null;
  const words = say("ends_late", { time: clock.format(new Date(line.closes_at)) });
  const again = data.composer && make("button", { class: "button", type: "button", "data-keep-open": service }, say("keep_open"));
  return make("p", { class: "ends-late" }, make("span", { class: "tag caution" }, words), again || null);
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-keep-open]");
  if (!button) return;
  button.disabled = true;
  if (!(await ask(`/api/v1/services/${button.dataset.keepOpen}/keep_open`, { on: true }))) button.disabled = false;
});

function nobody() {
  return make("tr", {}, make("td", { colspan: 4, class: "soft" }, say("nobody")));
}
