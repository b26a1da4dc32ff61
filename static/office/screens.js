// The hall's screens: those connected, codes for new ones, taking one back.
import { make } from "../shared/page.js";
import { ask, data, find, look, say } from "./desk.js";

const KINDS = { kiosk: "kiosk", board: "board", panel: "panel", pad: "pad_device", announcer: "announcer" };
const when = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: data.zone, dateStyle: "medium", timeStyle: "short" });

export function showDevices(devices) {
  find("no-devices").hidden = devices.length > 0;
  find("devices").closest(".card").hidden = devices.length === 0;
  find("no-devices").textContent = say("no_screens");
  find("devices").replaceChildren(...devices.map(deviceRow));
}

function deviceRow(device) {
  return make("tr", { "data-device": device.device },
    make("td", {}, say(KINDS[device.kind])),
    make("td", {}, placeName(device)),
    make("td", {}, when.format(new Date(device.paired_at))),
    make("td", {}, device.paired_from),
    make("td", {}, device.revoked_at ? make("span", { class: "tag bad" }, say("revoked")) : revokeButton(device)));
}

function placeName({ kind, place }) {
  if (!place) return say("whole_hall");
  if (kind === "panel" || kind === "pad") return `${place} · ${data.windows[place]?.name ?? ""}`;
  return data.areas.find((area) => area.area === place)?.name ?? place;
}

function revokeButton(device) {
  if (!data.administrator) return "";
  const revoke = async () => {
    if (!confirm(say("revoke_sure"))) return;
    const answer = await ask(`/api/v1/devices/${encodeURIComponent(device.device)}/revoke`);
    if (answer) showDevices(answer.devices);
  };
  return make("button", { class: "button danger", type: "button", onclick: revoke }, say("revoke"));
}

/** A screen that was paired meanwhile is listed as soon as somebody comes to look. */
async function lookAgain() {
  const answer = await look("/api/v1/devices");
  if (answer) showDevices(answer.devices);
}

export function startScreens() {
  startDoor();
  document.querySelector('[data-part="screens"]').addEventListener("click", lookAgain);
  document.addEventListener("visibilitychange", () => document.hidden || document.querySelector('[data-section="screens"]').hidden || lookAgain());
  const form = find("code-form");
  if (!form) return;
  form.kind.addEventListener("change", () => offerPlaces(form));
  offerPlaces(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    makeCode(form);
  });
}

/** The switch of the hall's own machine; it says what it does before it is pressed. */
async function startDoor() {
  const door = find("door");
  if (!door) return;
  showDoor(door, await look("/api/v1/doors"));
  door.querySelector("button").addEventListener("click", async () => {
    const open = door.dataset.door !== "open";
    if (!confirm(say(open ? "door_open_sure" : "door_shut_sure"))) return;
    showDoor(door, await ask("/api/v1/doors/loopback", { open }));
  });
}

function showDoor(door, answer) {
  if (!answer) return;
  door.dataset.door = answer.loopback ? "open" : "shut";
  door.querySelector("[data-door-says]").textContent =
    say(answer.behind_proxies ? "door_proxied" : answer.loopback ? "door_is_open" : "door_is_shut");
  door.querySelector("button").textContent = say(answer.loopback ? "door_shut" : "door_open");
  door.querySelector("button").hidden = answer.behind_proxies;
}

function offerPlaces(form) {
  const places = { panel: windows, pad: windows, board: areas, kiosk: areas, announcer: onlyAreas }[form.kind.value] ?? nowhere;
  form.place.replaceChildren(...places().map(([value, name]) => make("option", { value }, name)));
}

const nowhere = () => [["", say("whole_hall")]];
const windows = () => Object.entries(data.windows).sort(byNumber).map(([id, { name }]) => [id, `${id} · ${name}`]);
const byNumber = ([a], [b]) => a.localeCompare(b, undefined, { numeric: true });
const onlyAreas = () => data.areas.map(({ area, name }) => [area, name]);
const areas = () => [...nowhere(), ...onlyAreas()];

async function makeCode(form) {
  const answer = await ask("/api/v1/devices/codes", { kind: form.kind.value, place: form.place.value || null });
  if (!answer) return;
  find("code").textContent = say("code_is", { code: answer.code });
  find("code").hidden = false;
}
