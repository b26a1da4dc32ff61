// Nobody there any more: asks once, then starts again for the next visitor.
import { countdown } from "./countdown.js";
import { clearLooks } from "./bar.js";

const QUIET = 45_000;
const WARNING = 20;

export function watchIdle(desk) {
  const dialog = document.getElementById("still-there");
  let timer = null;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => quiet(desk, dialog, again), QUIET);
  };
  for (const sign of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(sign, again, { passive: true });
  desk.addEventListener("view", again);
  again();
}

/** The first screen has nobody to ask; the ticket tells its own time. */
function quiet(desk, dialog, again) {
  const [view] = desk.walk.steps;
  if (view === "ticket") return;
  if (!view) startAgain(desk);
  else ask(desk, dialog, again);
}

function ask(desk, dialog, again) {
  const count = countdown(WARNING, (left) => tellLeft(desk, dialog, left), () => dialog.close("leave"));
  dialog.querySelector("[data-ring]").replaceChildren(count.ring);
  dialog.addEventListener("close", () => {
    count.stop();
    if (dialog.returnValue === "leave") startAgain(desk);
    else again();
  }, { once: true });
  dialog.returnValue = "";
  dialog.showModal();
}

function tellLeft(desk, dialog, left) {
  dialog.querySelector("[data-left]").textContent = desk.say("still_hint", { seconds: left });
}

/** As the first visitor of the day found it: first screen, first language, usual size. */
export function startAgain(desk) {
  clearLooks();
  desk.walk.home();
  desk.tell("fresh");
}
