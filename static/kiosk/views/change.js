// An appointment is moved or cancelled at the kiosk: its day, then its code or its picture, then one page with all that can be done.
import { icon, make } from "../../shared/page.js";
import { press, PressRefused } from "../../shared/press.js";
import { backButton, heading } from "../cards.js";
import { CodeEntry, LinkReader, troubleWords } from "../code_entry.js";
import { scroller } from "../scroller.js";
import { dayName, dayOf } from "../times.js";
import { noon } from "../slot_times.js";

export const CHANGED = "kiosk.change";
const A_DAY = 86_400_000;

/** `day`: none yet, or the one on which the appointment is. */
export function showChange(desk, day = "") {
  if (!desk.data.booking.prefix) return null;
  return day ? byCode(desk, day) : days(desk);
}

/** The days on which an appointment can be, today first; the picture is good on any of them. */
function days(desk) {
  const said = make("p", { class: "notice bad", role: "alert", hidden: true });
  const box = make("div", { class: "book-slots" });
  const { list, buttons } = scroller(desk, make("p", { class: "id-why" }, icon("info"), make("span", {}, desk.say("change_day_how"))), said, box);
  const draw = () => desk.live === null || box.childElementCount || box.replaceChildren(...dayButtons(desk));
  const stop = hearPictures((token) => find(desk, { token }).catch((trouble) => {
    said.textContent = troubleWords(desk, trouble);
    said.hidden = false;
  }));
  desk.addEventListener("live", draw);
  draw();
  const leave = () => {
    stop();
    desk.removeEventListener("live", draw);
  };
  return { leave, nodes: [make("div", { class: "view-head" }, heading(desk.say("change_day"))), list, make("div", { class: "actions" }, backButton(desk), buttons)] };
}

function dayButtons(desk) {
  const first = noon(dayOf(desk, desk.now()));
  const all = Array.from({ length: desk.data.booking.days_ahead + 1 }, (_, ahead) => new Date(first.getTime() + ahead * A_DAY));
  return all.map((at, ahead) => make("button", { class: "button large", type: "button", onclick: () => desk.walk.go("change", dayOf(desk, at)) },
    ahead ? dayName(desk, at) : desk.say("change_today", { day: dayName(desk, at) })));
}

function hearPictures(found) {
  const reader = new LinkReader(found);
  const hear = (key) => {
    if (key.ctrlKey || key.altKey || key.metaKey || document.querySelector("dialog[open]")) return;
    const isRead = key.key === "Enter" ? reader.end(key) : reader.isWithin(key);
    if ([...key.key].length === 1) reader.sign(key);
    if (!isRead) return;
    key.preventDefault(); // a digit of the link chooses no day
    key.stopPropagation();
  };
  addEventListener("keydown", hear, { capture: true });
  return () => removeEventListener("keydown", hear, { capture: true });
}

function byCode(desk, day) {
  const view = new CodeEntry(desk, {
    title: desk.say("change"), how: desk.say("change_how", { day: dayName(desk, noon(day)) }), send: desk.say("change_find"),
    bring: (proof) => find(desk, proof.token ? proof : { ...proof, day }),
  });
  return { leave: () => view.leave(), nodes: view.nodes };
}

/** Whoever shows the code with its digits, or the link, gets the appointment's own page. */
async function find(desk, proof) {
  const booking = await (proof.token ? look(proof.token) : press("/api/v1/bookings/find", proof));
  sessionStorage.setItem(CHANGED, JSON.stringify(booking));
  desk.walk.replace("moving");
}

async function look(token) {
  const answer = await fetch(`/api/v1/b/${encodeURIComponent(token)}`, { cache: "no-store" });
  const told = await answer.json();
  if (!answer.ok) throw new PressRefused(told, answer.status);
  return told;
}
