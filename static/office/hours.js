// Who should be at a window now: the hours that the hall's timetable gives it today.
import { data } from "./desk.js";

/** Since when the window keeps hours, at this moment of the hall; null when it doesn't. */
export function keepsSince(window, now) {
  const stretch = data.windows[window].hours.find(([opens, closes]) => new Date(opens) <= now && now < new Date(closes));
  return stretch ? new Date(stretch[0]) : null;
}
