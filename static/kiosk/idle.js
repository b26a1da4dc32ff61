// Nobody there any more: asks once, in time and with a big button, then starts again for the next visitor.
import { isOn, patience } from "./aids.js";
import { countdown } from "./countdown.js";

const QUIET = 60_000;
const WARNING = 30;
const LEAVES_BY_ITSELF = new Set(["ticket", "booked", "cancelled"]);
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"];

export function watchIdle(desk) {
  const dialog = document.getElementById("still-there");
  let timer = null;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => quiet(desk, dialog, again), QUIET * patience());
  };
  for (const sign of SIGNS) addEventListener(sign, again, { passive: true, capture: true });
  desk.addEventListener("view", again);
  addEventListener("aid", again);
  again();
}

/** On a first screen that nobody changed there is nothing to lose; the ticket tells its own time. */
function quiet(desk, dialog, again) {
  const [view] = desk.walk.steps;
  if (LEAVES_BY_ITSELF.has(view) || dialog.open) return;
  if (!view && isUntouched(desk)) startAgain(desk);
  else ask(desk, dialog, again);
}

function isUntouched(desk) {
  return desk.data.language === desk.data.hall.first_language && !["size", "contrast", "reach", "sound"].some(isOn);
}

function ask(desk, dialog, again) {
  const count = countdown(WARNING * patience(), (left) => tellLeft(desk, dialog, left), () => dialog.close("leave"));
  dialog.querySelector("[data-ring]").replaceChildren(count.ring);
  dialog.addEventListener("close", () => {
    count.stop();
    if (dialog.returnValue === "leave") startAgain(desk);
    else again();
  }, { once: true });
  dialog.returnValue = "";
  dialog.showModal();
  desk.tell("asked");
}

function tellLeft(desk, dialog, left) {
  dialog.querySelector("[data-left]").textContent = desk.say("still_hint", { seconds: left });
}

/** As the first visitor of the day found it: first screen, first language, usual size. */
export function startAgain(desk) {
  desk.walk.home();
  desk.tell("fresh");
}
