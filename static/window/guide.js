// The service guide at the clerk's hand: what the service needs, and a slip of what is missing (told once, completely).
import { make } from "../shared/page.js";
import { press } from "../shared/press.js";
import { data, dayOf, fillIn, find, findAll, say, services, showPart } from "./page_parts.js";

const CARD = find("[data-guide]");
const LIST = find("[data-materials]");
let shown = null;

/** Drawn anew only for another ticket or service, so that ticks survive every event. */
export function drawGuide(ticket, telling) {
  const service = ticket ? services.get(ticket.service) : null;
  const wanted = service ? `${ticket.ticket} ${service.id}` : null;
  if (wanted !== shown) drawService(service);
  shown = wanted;
  CARD.hidden = !service;
  CARD.classList.toggle("telling", telling);
  showPart("once", telling);
  find('[data-action="print"]').hidden = !telling;
}

function drawService(service) {
  if (!service) return;
  fillIn("guide-title", say("guide_of", { service: service.name }));
  const materials = service.materials.map((words) => make("li", {}, tick(words)));
  const none = materials.length ? [] : [make("li", { class: "soft none" }, say("guide_none"))];
  LIST.replaceChildren(...none, ...materials, make("li", { class: "else" }, elseField()));
  fillIn("guide-facts", [say("guide_fee", { fee: service.fee }), limitOf(service)].filter(Boolean).join(" · "));
}

function tick(words) {
  return make("label", {}, make("input", { type: "checkbox", value: words }), make("span", {}, words));
}

function elseField() {
  return make("input", { type: "text", maxlength: 100, autocomplete: "off", "aria-label": say("something_else"),
    placeholder: say("something_else") });
}

function limitOf({ limit_days: days, case: kind }) {
  if (kind === "instant") return say("guide_instant");
  if (!days) return "";
  return days === 1 ? say("guide_day") : say("guide_days", { days });
}

/** What the clerk ticked or wrote as missing. */
export function missing() {
  const ticked = findAll('input[type="checkbox"]:checked', LIST).map((box) => box.value);
  const other = find(".else input", LIST)?.value.trim();
  return other ? [...ticked, other] : ticked;
}

/** Nothing of it is stored anywhere. It comes out of the hall's printer for this window, else out of the browser's. */
export async function printSlip(ticket, window, now) {
  if (!data.list_printers.includes(window)) return printHere(ticket, window, now);
  const ticks = findAll('input[type="checkbox"]', LIST);
  const materials = ticks.flatMap((box, at) => (box.checked ? [at] : []));
  const other = find(".else input", LIST)?.value.trim() ?? "";
  const slip = await press(`/api/v1/windows/${window}/missing`, { ticket: ticket.ticket, materials, other });
  return say(slip.trouble ? "list_waits" : "list_comes", { name: slip.name });
}

function printHere(ticket, window, now) {
  fillIn("slip-number", ticket.number);
  fillIn("slip-service", services.get(ticket.service)?.name ?? "");
  fillIn("slip-where", say("slip_where", { window, date: dayOf(now) }));
  find("[data-slip-materials]").replaceChildren(...missing().map((words) => make("li", {}, words)));
  print();
}
