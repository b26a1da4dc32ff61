// The guide's desk: one line to the hall, three questions, a key for each.
import "../shared/themes.js";
import { openHall } from "../shared/hall.js";
import { press } from "../shared/press.js";
import { clock, find, say } from "./desk.js";
import { Missed, startFinding } from "./guide_find.js";
import { startPaper } from "./guide_paper.js";
import { startPersons } from "./guide_person.js";
import { startTaking } from "./guide_take.js";

const KEYS = { F2: "find", F4: "take-service", F8: "paper-number" };
const missed = new Missed();

const hall = openHall({ screen: "guide" }, {
  snapshot: (state) => missed.begin(state.missed),
  events: (list) => missed.happened(list),
  live: showLive,
  refused: () => location.reload(),
});

function showLive(isLive, age) {
  find("dot").dataset.alive = isLive;
  find("live").hidden = isLive;
  if (isLive) find("clock").textContent = clock.format(hall.now());
  else find("live").textContent = age === null ? say("never") : say("lost", { age: Math.round(age) });
}

addEventListener("keydown", (key) => {
  const field = document.getElementById(KEYS[key.key]);
  if (!field) return;
  key.preventDefault();
  field.focus();
  field.select();
});

startFinding();
startTaking();
startPaper();
startPersons();
document.getElementById("find").focus();
find("sign-out").addEventListener("click", async () => {
  await press("/api/v1/session/end");
  location.replace("/login");
});
