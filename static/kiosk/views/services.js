// What one office does: a card for each service, with how its line is doing.
import { make } from "../../shared/page.js";
import { backButton, heading, serviceCard, tile } from "../cards.js";
import { scroller } from "../scroller.js";

export function showServices(desk, id) {
  const office = desk.departments.get(id);
  if (!office) return null;
  const cards = desk.byDepartment.get(id).map((service) => serviceCard(desk, service));
  const { list, buttons } = scroller(desk, make("div", { class: "services" }, ...cards));
  return {
    nodes: [
      make("div", { class: "view-head" }, tile(office),
        make("div", {}, heading(office.name), make("p", { class: "soft" }, desk.say("choose_service")))),
      list,
      make("div", { class: "actions" }, backButton(desk), buttons),
    ],
  };
}
