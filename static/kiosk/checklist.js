// What to bring, to be ticked off with a finger: for the visitor's own eyes, neither kept nor sent.
import { icon, make } from "../shared/page.js";

/** The list, how much of it is there, and the way to the whole guide. */
export function checklist(desk, service) {
  const things = service.guide.things ?? [];
  const said = make("p", { class: "check-said", role: "status" });
  const buttons = things.map((thing) => tick(desk, thing, () => tell(desk, buttons, said)));
  return make("section", { class: "materials" },
    make("h2", {}, desk.say(things.length ? "check" : "materials")),
    things.length ? make("p", { class: "soft" }, desk.say("check_hint")) : make("p", {}, desk.say("materials_none")),
    make("ul", {}, ...buttons.map((button) => make("li", {}, button))),
    said,
    guideButton(desk, service, things.length > 0));
}

/** "original + 2 copies", as far as anything is said of it. */
export function howMany(desk, { original, copies }) {
  const said = [original && desk.say("original"), copies && (copies === 1 ? desk.say("copy") : desk.say("copies", { count: copies }))];
  return said.filter(Boolean).join(" + ");
}

/** What follows a thing's name: how many, in which case alone. */
export function particulars(desk, thing) {
  return [
    howMany(desk, thing) && make("span", { class: "thing-how" }, howMany(desk, thing)),
    thing.only_if && make("span", { class: "tag deep" }, desk.say("only", { case: thing.only_if })),
  ];
}

function tick(desk, thing, changed) {
  const button = make("button", {
    class: "button thing", type: "button", "aria-pressed": "false", "data-optional": Boolean(thing.only_if),
    onclick: () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      changed();
    },
  }, icon("check"), make("span", { class: "thing-words" }, make("strong", {}, thing.name), ...particulars(desk, thing)));
  return button;
}

/** Says nothing until the first tick; then how many, and when all that is always needed is there. */
function tell(desk, buttons, said) {
  const isOn = (button) => button.getAttribute("aria-pressed") === "true";
  const count = buttons.filter(isOn).length;
  const all = buttons.every((button) => isOn(button) || "optional" in button.dataset);
  said.classList.toggle("is-all", all && count > 0);
  said.textContent = all && count ? desk.say("check_all") : count ? desk.say("check_some", { count, all: buttons.length }) : "";
}

function guideButton(desk, service, hasThings) {
  return make("button", { class: "button guide-button", type: "button", onclick: () => desk.walk.go("g", service.id) },
    icon("paper"), make("span", {}, desk.say(hasThings ? "check_missing" : "guide")));
}
