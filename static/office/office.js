// The office's page: one line to the hall, and the parts that show it.
import { openHall } from "../shared/hall.js";
import { data, find, say } from "./desk.js";
import { startBoards } from "./boards.js";
import { announcingMoved, startAnnouncing } from "./announcing.js";
import { showDevices, startScreens } from "./screens.js";
import { startLog } from "./log.js";
import { printersMoved, startPrinters } from "./printers.js";
import { startPeople } from "./people.js";
import { ratingArrived, ratingsBegin } from "./ratings.js";
import { startScores, scoresMoved } from "./scores.js";
import { startUpkeep } from "./upkeep.js";
import { startWatch } from "./watch.js";
import { Wall } from "./wall.js";

const wall = new Wall(() => hall.now());
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: data.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});

const hall = openHall({ screen: "office" }, {
  snapshot(state) {
    ratingsBegin(state.ratings);
    announcingMoved(state.announcing);
    wall.begin(state);
    showDevices(state.devices);
    scoresMoved(state.scores.rows, false);
  },
  events(list) {
    list.filter((event) => event.rating).forEach(ratingArrived);
    wall.happened(list);
  },
  lines: (list) => wall.lines(list),
  announcing({ areas }) {
    announcingMoved(areas);
    wall.soon();
  },
  scores: (rows) => scoresMoved(rows, true),
  printers: printersMoved,
  live: showLive,
  refused: () => location.reload(),
});

function showLive(isLive, age) {
  find("dot").dataset.alive = isLive;
  find("live").hidden = isLive;
  if (!isLive) find("live").textContent = age === null ? say("never") : say("lost", { age: Math.round(age) });
  find("age").textContent = isLive ? say("updated", { age: Math.round(age) }) : "";
  if (!isLive || !wall.floor.begun) return;
  find("clock").textContent = clock.format(hall.now());
  wall.tick();
}

function open() {
  const wanted = location.hash.slice(1);
  const part = document.querySelector(`[data-section="${CSS.escape(wanted)}"]`) ? wanted : "hall";
  for (const section of document.querySelectorAll("[data-section]")) section.hidden = section.dataset.section !== part;
  for (const link of document.querySelectorAll("[data-part]")) {
    if (link.dataset.part === part) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
}

addEventListener("hashchange", open);
open();
startScores();
startScreens();
startBoards();
startPeople();
startLog();
startUpkeep();
startPrinters(() => wall.floor.begun && wall.soon());
startWatch();
startAnnouncing();
