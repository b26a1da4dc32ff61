// The press that issues a ticket: once, whatever the finger does.
import { freshKey, press, PressRefused, PressUncertain } from "../shared/press.js";

const TOLD_IN_FULL = new Set(["already_in_line", "too_many_open", "blocked_until", "document_not_taken", "not_a_document_number"]);

/** Wires the button; the returned function takes the wires off. */
export function taking(desk, service, choice, button, said) {
  const mark = () => markLive(desk, button);
  const take = () => button.disabled || choice.refuse?.() || issue(desk, service, choice, button, said);
  button.addEventListener("click", take);
  desk.addEventListener("live", mark);
  mark();
  return () => desk.removeEventListener("live", mark);
}

/** A real-name service asks for a document before it gives a number. */
export function askingFirst(desk, service, choice, button) {
  const mark = () => markLive(desk, button);
  button.addEventListener("click", () => button.disabled || desk.walk.go("id", service.id, choice.ground ?? ""));
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
  choice.pressed ??= { key: freshKey(), ground: choice.ground, identity: choice.identity };
  const { key, ground, identity } = choice.pressed;
  return { ...(await pressed(desk, body(desk, service, ground, identity), key)), ground };
}

/** What nobody learns of in the end is given up: see unheld.js. */
async function pressed(desk, wish, key) {
  desk.unheld.sent(key, wish);
  try {
    const answer = await press("/api/v1/tickets", wish, { key });
    desk.unheld.told();
    return answer;
  } catch (trouble) {
    if (trouble instanceof PressUncertain) desk.unheld.unsure(key, wish);
    else desk.unheld.told();
    throw trouble;
  }
}

/** Cut off from the hall; a press that may have counted is named, so that only one number does. */
async function fromReserve(desk, service, choice) {
  const answer = await desk.reserve.handOut(service, choice);
  if (answer === null) throw new PressRefused({ detail: desk.say("not_live") }, 0);
  desk.unheld.told();
  return answer;
}

function setBusy(desk, button, said) {
  button.dataset.busy = "true";
  button.disabled = true;
  button.querySelector("span").textContent = desk.say("taking");
  said.hidden = true;
}

function body(desk, service, ground, identity) {
  const wish = { service: service.id, language: desk.data.language, ...(identity && { identity }) };
  return { ...wish, ...classOf(desk, ground) };
}

/** The class that a ground gives; `ground` is its place among the kiosk's. */
export function classOf(desk, ground) {
  if (ground === null) return {};
  const { ticket_class, ground: place } = desk.data.grounds[ground] ?? {};
  return place === null ? { ticket_class } : { ticket_class, ground: place };
}

function showTrouble(desk, trouble, said) {
  said.textContent = sentence(desk, trouble);
  said.hidden = false;
}

/** What happened and what to do; a mistake of the page itself is told the browser's log as well. */
function sentence(desk, trouble) {
  if (trouble instanceof PressRefused && TOLD_IN_FULL.has(trouble.code)) return trouble.problem.detail;
  if (trouble instanceof PressRefused) return `${trouble.problem.detail ?? ""} ${desk.say("ask_guide")}`;
  if (trouble instanceof PressUncertain) return desk.say(desk.reserve.ready ? "uncertain_reserve" : "uncertain");
  reportError(trouble);
  return desk.say("ask_guide");
}
