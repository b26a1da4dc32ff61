// The whole guide of a service, and ways to take it home instead of waiting for nothing.
import { icon, make } from "../../shared/page.js";
import { backButton, heading, tile } from "../cards.js";
import { particulars } from "../checklist.js";
import { listOnPaper } from "../list_paper.js";
import { scroller } from "../scroller.js";

export function showGuide(desk, id) {
  const service = desk.services.get(id);
  if (!service) return null;
  const office = desk.departments.get(service.department);
  const printed = listOnPaper(desk, service, () => paper(desk, service));
  const { list, buttons } = scroller(desk, takeHome(desk, service, printed.place), ...parts(desk, service));
  return {
    leave: printed.leave,
    nodes: [
      make("div", { class: "view-head" }, tile(office),
        make("div", {}, make("p", { class: "soft" }, office.name), heading(service.name))),
      list,
      make("div", { class: "actions" }, make("div", { class: "pair" }, backButton(desk), buttons), anyway(desk, service)),
    ],
  };
}

/** To where the number is taken, with the grounds for an earlier call. */
function anyway(desk, service) {
  return make("button", { class: "button warm anyway", type: "button", onclick: () => desk.walk.go("s", service.id) },
    icon("ticket"), make("span", {}, desk.say("anyway")));
}

function takeHome(desk, service, list) {
  const code = make("img", { class: "qr", src: `/services/${service.id}/qr.svg`, alt: desk.say("take_home_how"), width: 220, height: 220 });
  code.addEventListener("error", () => code.remove());
  return make("section", { class: "take-home" }, code,
    make("div", {}, make("h2", {}, desk.say("take_home")), make("p", {}, desk.say("take_home_how")),
      list,
      make("p", { class: "soft" }, desk.say("anyway_why"))));
}

function parts(desk, { guide, ...service }) {
  return [
    part(desk, "conditions", guide.conditions, (words) => make("li", {}, icon("check"), make("span", {}, words))),
    part(desk, "materials", guide.things, (thing) => materialOf(desk, thing)),
    part(desk, "steps", guide.steps, (words) => make("li", {}, make("span", {}, words)), "ol"),
    make("dl", { class: "guide-facts" }, ...facts(desk, service, guide)),
    guide.forms && make("section", { class: "guide-part" }, make("h2", {}, desk.say("forms")),
      make("div", { class: "samples" }, ...guide.forms.map((form) => sample(desk, form.file, form.name)))),
    part(desk, "basis", guide.basis, (words) => make("li", {}, make("span", { class: "soft" }, words))),
  ];
}

function part(desk, key, items, draw, list = "ul") {
  return items && make("section", { class: `guide-part guide-${key}` }, make("h2", {}, desk.say(key)), make(list, {}, ...items.map(draw)));
}

function materialOf(desk, thing) {
  return make("li", {}, icon("paper"), make("div", { class: "thing-words" },
    make("strong", {}, thing.name), ...particulars(desk, thing),
    thing.note && make("span", { class: "soft" }, thing.note),
    thing.sample && sample(desk, thing.sample, thing.name)));
}

/** A picture is shown; a PDF is for the phone. */
function sample(desk, file, name) {
  if (file.toLowerCase().endsWith(".pdf")) return make("p", { class: "soft" }, desk.say("on_phone", { name }));
  const picture = make("img", { src: `/papers/${file}`, alt: desk.say("sample_of", { name }), loading: "lazy" });
  const figure = make("figure", { class: "sample" }, picture, make("figcaption", {}, name));
  picture.addEventListener("error", () => figure.remove());
  return figure;
}

function facts(desk, service, guide) {
  const known = [
    [desk.say("fee"), service.fee],
    guide.legal_days && [desk.say("limit"), [limit(desk, service), desk.say("by_law", { days: guide.legal_days })].filter(Boolean).join(" · ")],
    [desk.say("where"), desk.place({ ...service })],
    guide.phone && [desk.say("questions"), guide.phone],
  ];
  return known.filter(Boolean).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)));
}

function limit(desk, { limit_days: days }) {
  if (!days) return "";
  return days === 1 ? desk.say("limit_day") : desk.say("limit_days", { days });
}

/** The list as the printer gets it. */
function paper(desk, service) {
  const things = service.guide.things ?? [];
  return [
    make("p", { class: "slip-hall" }, desk.data.hall.name),
    make("p", { class: "slip-service" }, service.name),
    make("p", {}, desk.say("materials")),
    make("ul", { class: "slip-list" }, ...service.materials.map((words, at) => make("li", {}, `□ ${words}`,
      things[at]?.note && make("small", {}, things[at].note)))),
    make("p", {}, `${desk.say("fee")} `, make("strong", {}, service.fee)),
    service.guide.phone && make("p", {}, `${desk.say("questions")} `, make("strong", {}, service.guide.phone)),
    make("img", { src: `/services/${service.id}/qr.svg`, alt: "" }),
    make("p", { class: "slip-foot" }, desk.say("take_home_how")),
  ].filter(Boolean);
}
