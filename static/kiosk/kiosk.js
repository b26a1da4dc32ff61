// The kiosk: walks a visitor from the offices to a number, and comes back by itself.
import { openHall } from "../shared/hall.js";
import { keepFonts, keepIcons, pageData, words } from "../shared/page.js";
import { forgiveHands } from "../shared/touch.js";
import { resumeAids } from "./aids.js";
import { Desk } from "./desk.js";
import { Entering } from "./entering.js";
import { watchIdle } from "./idle.js";
import { Keys } from "./keys.js";
import { Printer } from "./printer.js";
import { Reader } from "./reader.js";
import { Reserve } from "./reserve.js";
import { wireBar } from "./bar.js";
import { wireClock } from "./times.js";
import { Unheld } from "./unheld.js";
import { Walk } from "./walk.js";
import { showAppointment } from "./views/appointment.js";
import { showBook } from "./views/book.js";
import { showBooked, showCancelled } from "./views/booked.js";
import { showChange } from "./views/change.js";
import { showConfirm } from "./views/confirm.js";
import { showFind, typeToFind } from "./views/find.js";
import { showGuide } from "./views/guide.js";
import { showHome } from "./views/home.js";
import { showMissed } from "./views/missed.js";
import { showMoving } from "./views/moving.js";
import { showBookIdentity, showIdentity } from "./views/identity.js";
import { showPeople } from "./views/people.js";
import { showProgress } from "./views/progress.js";
import { showServices } from "./views/services.js";
import { showTicket } from "./views/ticket.js";

resumeAids();
const data = pageData();
const desk = new Desk(data, words(data));

desk.reserve = new Reserve(desk);
keepIcons().catch(reportError);
keepFonts().catch(reportError);
desk.reserve.begin().then(() => new Entering(desk, desk.reserve).work(), reportError);

const walk = new Walk(desk, document.getElementById("content"), {
  "": showHome,
  d: showServices,
  s: showConfirm,
  g: showGuide,
  id: showIdentity,
  "id-book": showBookIdentity,
  people: showPeople,
  progress: showProgress,
  find: showFind,
  missed: showMissed,
  appointment: showAppointment,
  book: showBook,
  booked: showBooked,
  change: showChange,
  moving: showMoving,
  cancelled: showCancelled,
  ticket: showTicket,
});
desk.walk = walk;
desk.unheld = new Unheld(desk);
desk.printer = new Printer(desk);

desk.hall = openHall({ screen: "kiosk" }, {
  snapshot: (state, { speed }) => {
    desk.startWith(state.lines, speed);
    desk.printer.look().catch(reportError);
  },
  printer: (told) => desk.printer.changed(told),
  slip: (told) => desk.printer.heard(told),
  lines: (lines) => desk.learn(lines),
  live: (isLive, age) => desk.setLive(isLive, age),
  refused: (problem) => desk.turnedAway(problem),
});

addEventListener("keydown", (key) => typeToFind(desk, key));
desk.reader = new Reader(desk);
desk.keys = new Keys(desk, desk.reader);
wireSound(desk.reader);
forgiveHands();
wireClock(document.querySelector("[data-clock]"), desk);
wireBar(desk);
watchIdle(desk);
walk.begin();

function wireSound(reader) {
  const [quieter, again, louder] = document.querySelectorAll("[data-sound] button");
  quieter.addEventListener("click", () => reader.louder(-1));
  again.addEventListener("click", () => reader.again());
  louder.addEventListener("click", () => reader.louder(1));
}
