// How a line is doing, in words, on every card that shows it; kept fresh without drawing the view anew.
import { icon, make, waitSentence } from "../shared/page.js";
import { clockTime, opening } from "./times.js";

/** A place in a card that always says how the line of this service is doing; in brief where there is little room. */
export function lineLabel(desk, id, { brief = false } = {}) {
  const label = make("span", { class: "line", "data-line": id, "data-brief": brief });
  label.replaceChildren(...lineWords(desk, label));
  return label;
}

/** Freshens every label, closed card and shut office in the view. */
export function freshen(desk, stage) {
  for (const label of stage.querySelectorAll("[data-line]")) label.replaceChildren(...lineWords(desk, label));
  for (const label of stage.querySelectorAll("[data-kept]")) fillKept(desk, label);
  for (const card of stage.querySelectorAll("[data-service]")) {
    card.classList.toggle("is-shut", !desk.isOpen(card.dataset.service));
  }
  for (const office of stage.querySelectorAll("[data-department]")) {
    const shut = desk.isShut(office.dataset.department);
    office.classList.toggle("is-shut", shut);
    office.querySelector(".office-shut").hidden = !shut;
  }
}

function lineWords(desk, { dataset }) {
  const line = desk.line(dataset.line);
  if (!line) return [make("span", { class: "soft" }, desk.say("line_unknown"))];
  if (line.status === "open") return openWords(desk, line);
  const words = shutWords(desk, line);
  return "brief" in dataset ? words.slice(0, 1) : words;
}

/** Before the windows open it is told when they do; who has come that early is counted, nothing is promised of nobody. */
function earlyWords(desk, line) {
  const when = make("span", { class: "fact" }, icon("clock"), opening(desk, line.opens_at));
  return line.waiting ? [when, make("span", { class: "fact" }, icon("people"), waitingWords(desk, line))] : [when];
}

/** Where nobody waits for this service but its windows are busy with others, only the wait is told; where nobody sits, no tick. */
function openWords(desk, line) {
  if (line.opens_at) return earlyWords(desk, line);
  const wait = make("span", { class: "fact" }, icon("clock"), desk.say(...waitSentence(line.low, line.high)));
  if (!line.waiting && line.low > 0) return [wait];
  if (line.waiting) return [make("span", { class: "fact" }, icon("people"), waitingWords(desk, line)), wait];
  if (line.low === null) return [make("span", { class: "fact" }, icon("people"), waitingWords(desk, line))];
  return [make("span", { class: "fact calm" }, icon("check"), waitingWords(desk, line)), wait];
}

/** The most telling word first: a closed line says when it opens, a full or paused one says so. */
function shutWords(desk, line) {
  const when = line.status === "ends_late" ? endsLate(desk, line) : opening(desk, line.opens_at);
  const words = line.status === "closed" && when ? [when, desk.say("closed")] : [desk.say(line.status), when];
  const [first, second] = words;
  return [
    make("span", { class: "tag caution" }, icon(line.status === "paused" ? "pause" : "clock"), first),
    second && make("span", { class: "fact" }, second),
  ].filter(Boolean);
}

/** Why nobody more can come in today: so many wait, and then it closes. */
export function endsLate(desk, { ahead, closes_at: closes }) {
  const time = clockTime(desk, new Date(closes));
  return ahead === 1 ? desk.say("ends_late_one", { time }) : desk.say("ends_late_many", { count: ahead, time });
}

function waitingWords(desk, line) {
  if (line.waiting === 0) return desk.say("waiting_none");
  return line.waiting === 1 ? desk.say("waiting_one") : desk.say("waiting_many", { count: line.waiting });
}

/** The answer to "How long". */
export function howLong(desk, low, high) {
  return desk.say(...waitSentence(low, high));
}

/** Beside a range before the tap, how often such ranges held. */
export function keptLabel(desk, id) {
  const label = make("span", { class: "soft kept", "data-kept": id });
  fillKept(desk, label);
  return label;
}

function fillKept(desk, label) {
  const line = desk.line(label.dataset.kept);
  label.textContent = line?.status === "open" && line.high > 0 ? keptWords(desk, line.kept_of_ten) : "";
}

/** How often such ranges held, of ten. */
export function keptWords(desk, held) {
  return held === null || held === undefined ? desk.say("kept_unknown") : desk.say("kept", { held });
}
