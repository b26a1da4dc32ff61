// The start page lives: the hall's clock, how many wait, whether the hall is heard.
import "../shared/themes.js";
import { openHall } from "../shared/hall.js";
import { pageData, words } from "../shared/page.js";

const data = pageData();
const say = words(data);
const find = (name) => document.querySelector(`[data-${name}]`);
const lines = new Map();

const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { timeZone: data.zone, hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(language, {
  timeZone: data.zone, weekday: "long", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
});

function show(list) {
  for (const line of list) lines.set(line.service, line.waiting);
  find("waiting").textContent = [...lines.values()].reduce((sum, n) => sum + n, 0);
}

const hall = openHall({ screen: "start" }, {
  snapshot: (state) => show(state.lines),
  lines: show,
  live(isLive) {
    find("dot").dataset.alive = isLive;
    find("state").textContent = say(isLive ? "live" : "lost");
    if (isLive) find("clock").textContent = clock.format(hall.now());
  },
});

if (data.next_at && find("opens")) find("opens").textContent = say("opens_at", { when: day.format(new Date(data.next_at)) });

const chosen = document.getElementById("window");
chosen.addEventListener("change", () => {
  for (const link of document.querySelectorAll("[data-to]")) {
    link.href = `/${link.dataset.to}/${encodeURIComponent(chosen.value)}`;
  }
});
