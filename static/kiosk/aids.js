// What a visitor switches on to see, reach and hear better: kept for this visit, also in another language, and no longer.

const WANTED = { size: "large", contrast: "more", reach: "low", sound: "on" };
const KEPT = "kiosk.aids";
const root = document.documentElement;

const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

/** The page was loaded again in the middle of a visit: another language. */
export function resumeAids() {
  for (const [aid, value] of Object.entries(kept())) put(aid, value);
}

export function isOn(aid) {
  return root.dataset[aid] === WANTED[aid];
}

export function turn(aid) {
  const value = isOn(aid) ? "" : WANTED[aid];
  sessionStorage.setItem(KEPT, JSON.stringify({ ...kept(), [aid]: value }));
  put(aid, value);
  dispatchEvent(new CustomEvent("aid", { detail: aid }));
}

/** The next visitor finds the device as its hall set it up. */
export function clearAids() {
  sessionStorage.removeItem(KEPT);
  for (const aid of Object.keys(WANTED)) {
    put(aid, localStorage.getItem(`hall.${aid}`) ?? "");
    dispatchEvent(new CustomEvent("aid", { detail: aid }));
  }
}

/** Somebody who needs one of them needs more time as well. */
export function patience() {
  return Object.keys(WANTED).some(isOn) ? 2 : 1;
}

function put(aid, value) {
  if (value) root.dataset[aid] = value;
  else delete root.dataset[aid];
}
