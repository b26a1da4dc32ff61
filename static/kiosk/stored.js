// What the hall keeps of this visit, in one sentence for the screen and the slip.
import { dateOf } from "./times.js";

export function storedSentence(desk, stored) {
  const { masked, until } = stored ?? {};
  if (!masked) return desk.say("stored_nothing");
  return desk.say("stored_until", { masked: `…${masked.replaceAll("*", "")}`, day: dateOf(desk, until) });
}

/** "482 193": as one reads six digits out. */
export function spaced(digits) {
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}
