// The press that issues a ticket: once, whatever the finger does.
import { freshKey, press, PressRefused, PressUncertain } from "/static/shared/press.js";

/** Wires the button; the returned function takes the wires off. */
export function taking(desk, service, choice, button, said) {
  const mark = () => markLive(desk, button);
  const take = () => button.disabled || issue(desk, service, choice, button, said);
  button.addEventListener("click", take);
  desk.addEventListener("live", mark);
  mark();
  return () => desk.removeEventListener("live", mark);
}

function markLive(desk, button) {
  if (button.dataset.busy) return;
  button.disabled = !desk.gives;
  button.querySelector("span").textContent = desk.say(desk.gives ? "take" : "not_live_take");
}

/** A press whose answer got lost is sent again as the same press: the hall then answers with the same ticket. */
async function issue(desk, service, choice, button, said) {
  setBusy(desk, button, said);
  try {
    const answer = desk.live ? await fromHall(desk, service, choice) : await fromReserve(desk, service, choice);
    sessionStorage.setItem("kiosk.ticket", JSON.stringify(answer));
    desk.walk.replace("ticket");
  } catch (trouble) {
    if (trouble instanceof PressRefused) choice.pressed = null;
    showTrouble(desk, trouble, said);
    delete button.dataset.busy;
    markLive(desk, button);
  }
}

async function fromHall(desk, service, choice) {
  choice.pressed ??= { key: freshKey(), ground: choice.ground };
  const { key, ground } = choice.pressed;
  return { ...(await press("/api/v1/tickets", body(desk, service, ground), { key })), ground };
}

/** Cut off from the hall; a press that may have counted is named, so that only one number does. */
async function fromReserve(desk, service, choice) {
  const answer = await desk.reserve.handOut(service, choice);
  if (answer === null) throw new PressRefused({ detail: desk.say("not_live") }, 0);
  return answer;
}

function setBusy(desk, button, said) {
  button.dataset.busy = "true";
  button.disabled = true;
  button.querySelector("span").textContent = desk.say("taking");
  said.hidden = true;
}

function body(desk, service, ground) {
  const language = desk.data.language;
  if (ground === null) return { service: service.id, language };
  return { service: service.id, ticket_class: "priority", ground, language };
}

function showTrouble(desk, trouble, said) {
  said.textContent = sentence(desk, trouble);
  said.hidden = false;
}

/** What happened and what to do; a mistake of the page itself is told the browser's log as well. */
function sentence(desk, trouble) {
  if (trouble instanceof PressRefused) return `${trouble.problem.detail ?? ""} ${desk.say("ask_guide")}`;
  if (trouble instanceof PressUncertain) return desk.say(desk.reserve.ready ? "uncertain_reserve" : "uncertain");
  reportError(trouble);
  return desk.say("ask_guide");
}
