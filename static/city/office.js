// The city's office: fresh figures, a shut hall opened again, one-time passwords for the city's own people.
import { fill, pageData } from "../shared/page.js";
import { press } from "../shared/press.js";
import { keepFresh } from "./fresh.js";

const FRESH_SECONDS = 5;
const say = (key, values = {}) => fill(pageData().words[key], values);
const fault = document.querySelector("[data-fault]");
const opening = new Set();
const again = keepFresh({ part: "[data-fresh]", seconds: FRESH_SECONDS, stale: (time) => say("stale", { time }), seen: waits });

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.open) openAgain(button);
  if (button?.dataset.oneTime) newPassword(button);
});

async function openAgain(button) {
  const hall = button.dataset.open;
  if (opening.has(hall)) return;
  opening.add(hall);
  waits();
  const answer = await asked(`/api/v1/city/halls/${encodeURIComponent(hall)}/open`);
  opening.delete(hall);
  await again();
  if (answer && !answer.opened) tell(say("still_shut"));
}

/** While a hall is being opened its button says so, also on figures that came meanwhile. */
function waits() {
  for (const button of document.querySelectorAll("button[data-open]")) {
    if (!opening.has(button.dataset.open)) continue;
    button.setAttribute("aria-disabled", "true");
    button.textContent = say("opening");
  }
}

async function newPassword(button) {
  const answer = await asked(`/api/v1/staff/${encodeURIComponent(button.dataset.oneTime)}/one_time_password`);
  if (!answer) return;
  const shown = document.querySelector("[data-password]");
  shown.textContent = say("password_is", { name: button.dataset.name, password: answer.one_time_password });
  shown.hidden = false;
  shown.focus();
}

async function asked(path) {
  fault.hidden = true;
  try {
    return await press(path);
  } catch (refusal) {
    tell(refusal.message);
    return null;
  }
}

function tell(words) {
  fault.textContent = words;
  fault.hidden = false;
}
