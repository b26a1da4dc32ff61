/** Calls that never were, for the office's preview of a board on which nobody is called at the moment. */

const STATES = ["called", "serving", "called", "finished", "no_show", "serving"];
const EXAMPLES = 16;

export function examplesOf({ window_area: areas, services, area }) {
  const windows = Object.keys(areas).filter((window) => !area || areas[window] === area.id);
  const known = Object.keys(services);
  const one = (place) => ({
    ticket: `example-${place}`, number: `A${String(place + 101).padStart(3, "0")}`, window: windows[place % windows.length],
    service: known[place % known.length], state: STATES[(EXAMPLES - 1 - place) % STATES.length], calls: 1, again: false,
    at: Date.now(), shown: place === EXAMPLES - 1 ? null : -Infinity,
  });
  return windows.length && known.length ? Array.from({ length: EXAMPLES }, (_, place) => one(place)) : [];
}
