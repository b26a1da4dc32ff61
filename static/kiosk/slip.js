// The paper slip, 80 mm wide, printed by the browser where the device has a printer.
import { make } from "../shared/page.js";
import { howLong } from "./lines.js";
import { spaced, storedSentence } from "./stored.js";
import { clockTime, dayName } from "./times.js";

const WIDTH = 80;
const MM = 96 / 25.4;

/** ?print=1 makes this device print from now on, ?print=0 stops it. */
export function prints() {
  const asked = new URLSearchParams(location.search).get("print");
  if (asked !== null) localStorage.setItem("kiosk.print", asked);
  return localStorage.getItem("kiosk.print") === "1";
}

/** Once for a ticket, also when the page is loaded again. */
export async function printSlip(desk, service, answer) {
  if (sessionStorage.getItem("kiosk.printed") === answer.ticket.ticket) return;
  sessionStorage.setItem("kiosk.printed", answer.ticket.ticket);
  const slip = document.getElementById("slip");
  const whole = answer.reserve ? null : await fromHall(answer).catch(() => null);
  const code = whole?.querySelector(".slip-qr") ?? make("img", { src: answer.qr ?? "", alt: "" });
  slip.classList.toggle("is-hall", Boolean(whole));
  slip.replaceChildren(...(whole ? [whole] : content(desk, service, answer, code)));
  await code.decode().catch(() => code.remove());
  fitPaper(slip);
  window.print();
}

/** Any other piece of paper: the pictures in it first, then the printer. */
export async function printNodes(nodes) {
  const slip = document.getElementById("slip");
  slip.classList.remove("is-hall");
  slip.replaceChildren(...nodes);
  await Promise.all([...slip.querySelectorAll("img")].map((picture) => picture.decode().catch(() => picture.remove())));
  fitPaper(slip);
  window.print();
}

/** The slip that the hall's own printers print, too. */
async function fromHall({ ticket }) {
  const answer = await fetch(`/slips/${ticket.ticket}`);
  if (!answer.ok) return null;
  return document.importNode(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".slip"), true);
}

/** What a kiosk puts on paper that can't reach the hall. */
function content(desk, service, answer, code) {
  const at = new Date(answer.joined_at);
  const lines = [
    make("p", { class: "slip-hall" }, desk.data.hall.name),
    make("p", { class: "number" }, answer.ticket.number),
    make("p", { class: "slip-service" }, service.name),
    make("p", {}, desk.place(service)),
    fact(desk.say("ahead"), answer.ahead ?? desk.say("not_known")),
    fact(desk.say("how_long"), howLong(desk, answer.low, answer.high)),
    code,
    answer.reserve && make("p", { class: "slip-foot" }, desk.say("reserve_note")),
    answer.qr && make("p", {}, desk.say(answer.reserve ? "reserve_scan" : "scan")),
    make("p", { class: "slip-foot" }, answer.digits ? `${desk.say("missed_digits", { digits: spaced(answer.digits) })} ${desk.say("missed_limits")}` : desk.say("slip_missed")),
    make("p", { class: "slip-foot" }, storedSentence(desk, answer.stored)),
    make("p", { class: "slip-foot" }, `${dayName(desk, at)} ${clockTime(desk, at)}`),
  ];
  return lines.filter(Boolean);
}

function fact(name, value) {
  return make("p", {}, `${name} `, make("strong", {}, String(value)));
}

/** The page is as long as the slip: a printer cuts there. CSS can't say "as long as it gets". */
function fitPaper(slip) {
  const sheet = new CSSStyleSheet();
  slip.classList.add("is-measured");
  const length = Math.ceil(slip.getBoundingClientRect().height / MM) + 2;
  slip.classList.remove("is-measured");
  sheet.replaceSync(`@page { size: ${WIDTH}mm ${length}mm; margin: 0 }`);
  document.adoptedStyleSheets = [sheet];
}
