// The things to touch: a service and an office.
import { icon, make } from "../shared/page.js";
import { lineLabel } from "./lines.js";

/** A service with how its line is doing; `named` adds its office. */
export function serviceCard(desk, service, { named = false, brief = false } = {}) {
  const office = desk.departments.get(service.department);
  return make(
    "button",
    { class: "service", type: "button", "data-service": service.id, onclick: () => desk.walk.go("s", service.id) },
    make("span", { class: "service-words" },
      make("strong", {}, service.name),
      named && make("span", { class: "soft service-office" }, tile(office), office.name),
      lineLabel(desk, service.id, { brief })),
    icon("next"),
  );
}

export function officeCard(desk, office) {
  return make(
    "button",
    { class: "office", type: "button", "data-department": office.id, onclick: () => desk.walk.go("d", office.id) },
    tile(office),
    make("span", { class: "office-name" }, make("strong", {}, office.name),
      make("span", { class: "office-shut soft", hidden: true }, desk.say("closed"))),
  );
}

/** What the office is about, as a picture: beside its words, so not read aloud. */
export function tile(office) {
  return make("span", { class: `tile tint-${office.tint}`, "aria-hidden": "true" }, icon(office.picture));
}

/** The way back, first in every row of buttons. */
export function backButton(desk) {
  return make("button", { class: "button back", type: "button", onclick: () => desk.walk.back() },
    icon("back"), make("span", {}, desk.say("back")));
}

export function heading(...children) {
  return make("h1", { tabindex: "-1" }, ...children);
}
