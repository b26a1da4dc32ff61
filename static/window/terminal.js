// The clerk's terminal: choosing a window and working at it are two faces of one page.
import "../shared/themes.js";
import { press } from "../shared/press.js";
import { focusMain } from "./buttons.js";
import { Choosing } from "./choosing.js";
import { isAsking } from "./dialogs.js";
import { trouble } from "./message.js";
import { data, fillIn, find, findAll, say, showPart, timeOf } from "./page_parts.js";
import { Work } from "./work.js";

const choosing = new Choosing(workAt, showLive);
const work = new Work({ live: showLive, chooseAgain: choose });

function showFace(name) {
  for (const face of findAll("[data-face]")) face.hidden = face.dataset.face !== name;
}

function choose() {
  work.close();
  for (const part of ["sign", "seat", "state"]) showPart(part, false);
  fillIn("place", find("title").textContent);
  showFace("choose");
  choosing.open();
}

function workAt(window) {
  choosing.close();
  fillIn("window", window);
  fillIn("place", data.windows.find((each) => each.id === window)?.name ?? "");
  showPart("sign", true);
  showFace("work");
  work.open(window);
}

function showLive(isLive, age) {
  find("[data-live]").hidden = isLive;
  document.body.classList.toggle("not-live", !isLive);
  if (!isLive) fillIn("live-words", age === null ? say("never_live") : say("not_live", { seconds: Math.floor(age) }));
}

/** Leaving the seat comes first; where that is refused, the person stays signed in and reads why. */
async function signOut() {
  if (work.isSeated && !(await work.acting.send("leave", {}))) return;
  try {
    await press("/api/v1/session/end", {});
    location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
  } catch (fault) {
    trouble(fault.problem?.detail ?? say("no_answer"));
  }
}

function tick() {
  const now = work.now() ?? choosing.now();
  fillIn("time", now ? timeOf(now) : "");
  work.tick();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (!button || button.disabled || button.getAttribute("aria-disabled") === "true") return;
  if (button.dataset.action === "sign_out") signOut();
  else if (button.dataset.action === "choose") choose();
  else work.acting.run(button.dataset.action, button.dataset.ticket);
  if (event.detail && button.dataset.action === "select") focusMain();
});

document.addEventListener("keydown", (event) => {
  const isHeld = event.repeat && (event.key === "Enter" || event.key === " ");
  if (isHeld && event.target.closest("button")) event.preventDefault();
  if (!isAsking()) work.acting.key(event);
});

setInterval(tick, 500);
if (data.window) workAt(data.window);
else choose();
