// The press that makes an appointment: once, whatever the finger does; of a full half hour the nearest free ones are named.
import { make } from "../shared/page.js";
import { freshKey, press, PressRefused, PressUncertain } from "../shared/press.js";
import { troubleWords } from "./code_entry.js";
import { dayName } from "./times.js";

/**
 * Wires the button; the returned function takes the wires off. `choice`: {slot, phone, identity, refuse}; what changes
 * it sets choice.pressed to null. `said` is the box for what went wrong.
 */
export function bookingBy(desk, service, choice, button, said) {
  const mark = () => { button.disabled = Boolean(button.dataset.busy); };
  const book = () => button.dataset.busy || choice.refuse?.() || send(desk, service, choice, button, said).finally(mark);
  button.addEventListener("click", book);
  return () => button.removeEventListener("click", book);
}

async function send(desk, service, choice, button, said) {
  if (!desk.live) return tell(said, desk.say("book_cut_off"));
  button.dataset.busy = "true";
  button.disabled = true;
  try {
    done(desk, await pressed(desk, service, choice));
  } catch (trouble) {
    if (!(trouble instanceof PressUncertain)) choice.pressed = null;
    tell(said, troubleWords(desk, trouble), trouble instanceof PressRefused ? nearby(desk, service, trouble.problem.near) : []);
  } finally {
    delete button.dataset.busy;
  }
}

function pressed(desk, { id: service }, choice) {
  const { slot, phone, identity } = choice;
  choice.pressed ??= { key: freshKey(), wish: { service, slot, phone, language: desk.data.language, ...(identity && { identity }) } };
  return press("/api/v1/bookings", choice.pressed.wish, { key: choice.pressed.key });
}

function done(desk, { booking }) {
  sessionStorage.setItem("kiosk.ticket", JSON.stringify({ booking }));
  desk.walk.replace("booked");
}

/** Free half hours near one that is full, as buttons. */
export function nearby(desk, service, near, go = (slot) => desk.walk.replace("book", service.id, slot)) {
  return (near ?? []).map(({ slot, time }) =>
    make("button", { class: "button large", type: "button", onclick: () => go(slot) }, `${dayName(desk, new Date(slot))} ${time}`));
}

export function tell(said, words, more = []) {
  said.replaceChildren(make("p", {}, words), ...more);
  said.hidden = false;
  said.scrollIntoView({ block: "nearest" });
}
