// The first screen: what is often asked for, the way to search, and all offices.
import { icon, make } from "/static/shared/page.js";
import { heading, officeCard, serviceCard } from "../cards.js";
import { beginFinding } from "./find.js";
import { scroller } from "../scroller.js";

const FEW_OFFICES = 30;

export function showHome(desk) {
  const common = desk.suggested.filter((service) => service.common);
  const cards = common.map((service) => serviceCard(desk, service, { named: true, brief: true }));
  const { list, buttons } = scroller(desk,
    cards.length > 0 && section("common", desk.say("common"), make("div", { class: "commons" }, ...cards)),
    section("offices", desk.say("departments"), ...offices(desk)));
  return {
    nodes: [
      make("div", { class: "view-head home-head" }, heading(desk.say("welcome")), findButton(desk)),
      list,
      buttons,
    ],
  };
}

function section(name, title, ...children) {
  return make("section", { class: `home-${name}` }, make("h2", {}, title), ...children);
}

function findButton(desk) {
  return make("button", { class: "button large find-button", type: "button", onclick: () => beginFinding(desk) },
    icon("search"), make("span", {}, desk.say("find")));
}

/** All in one grid, or under the name of their part of the building when there are many. */
function offices(desk) {
  const all = desk.data.departments;
  const areas = desk.data.areas.filter((area) => all.some((office) => office.area === area.id));
  if (all.length <= FEW_OFFICES || areas.length < 2) return [grid(desk, all)];
  return areas.flatMap((area) => [
    make("h3", { class: "group" }, icon("place"), area.name),
    grid(desk, all.filter((office) => office.area === area.id)),
  ]);
}

function grid(desk, offices) {
  return make("div", { class: "offices" }, ...offices.map((office) => officeCard(desk, office)));
}
