// The holder's page of an appointment: check in, move, cancel; it looks by itself whether something has changed.
import { make, pageData, words } from "../shared/page.js";
import { press } from "../shared/press.js";
import { near, Pressing } from "./pressing.js";

const data = pageData();
const say = words(data);
const pressing = new Pressing(say);
const own = `/api/v1/b/${data.visit}`;
/** So often the page looks whether checking in has begun, or somebody at the desk has done something. */
const LOOK = 30_000;

for (const button of document.querySelectorAll("[data-press]")) {
  button.addEventListener("click", () => pressed(button.dataset.press).catch(reportError));
}
for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => move(button.dataset.move).catch(reportError));
}

async function pressed(name) {
  const answer = await pressing.send(`${own}/${name}`, {});
  if (answer?.ticket) location.assign(answer.ticket.link);
  else if (answer) location.reload();
}

async function move(slot) {
  const answer = await pressing.send(`${own}/move`, { slot }, (problem) => near(say, problem, choice));
  if (answer) location.assign(answer.booking.link);
}

function choice({ slot, time, until }) {
  return make("button", { class: "button large", type: "button", onclick: () => move(slot).catch(reportError) }, `${time} – ${until}`);
}

/** A fresh copy of this page is in another stage: show that one. */
async function look() {
  if (document.hidden || pressing.busy) return;
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("[data-stage]")?.dataset.stage !== data.stage && !pressing.busy) location.reload();
}

if (data.stage) {
  setInterval(() => look().catch(reportError), LOOK);
  addEventListener("visibilitychange", () => look().catch(reportError));
}
if (data.push && document.querySelector("[data-push]")) offerReminders().catch(reportError);

async function offerReminders() {
  const { offerPush } = await import("../phone/push.js");
  const send = (name, body, tell) => press(`${own}/${name}`, body, { waiting: () => tell(say("waits_for_hall")) });
  await offerPush(data, send, say, "/b/");
}
