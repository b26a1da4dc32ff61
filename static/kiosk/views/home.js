// The first screen: what is often asked for, the way to search, and all offices.
import { icon, make } from "../../shared/page.js";
import { heading, officeCard, serviceCard } from "../cards.js";
import { paperNotice } from "../printer.js";
import { scroller } from "../scroller.js";
import { opening } from "../times.js";
import { beginFinding } from "./find.js";

const FEW_OFFICES = 30;

export function showHome(desk) {
  const common = desk.suggested.filter((service) => service.common);
  const cards = common.map((service) => serviceCard(desk, service, { named: true, brief: true }));
  const { list, buttons } = scroller(desk,
    cards.length > 0 && section("common", desk.say("common"), make("div", { class: "commons" }, ...cards)),
    section("offices", desk.say("departments"), ...offices(desk), onPhone(desk)));
  const shut = make("p", { class: "notice caution all-shut", role: "status", hidden: true });
  const outside = make("p", { class: "notice warm outside", role: "status", hidden: true });
  const paper = make("p", { class: "soft no-slips", role: "status", "data-no-slips": true, hidden: true });
  const freshen = () => {
    showShut(desk, shut);
    showOutside(desk, outside);
    showPaper(desk, paper);
  };
  const freshenOn = ["lines", "printer"];
  showPaper(desk, paper);
  for (const news of freshenOn) desk.addEventListener(news, freshen);
  return {
    leave: () => freshenOn.forEach((news) => desk.removeEventListener(news, freshen)),
    nodes: [
      make("div", { class: "view-head home-head" }, heading(desk.say("welcome")),
        make("div", { class: "home-ways" }, findButton(desk), missedButton(desk), appointmentButton(desk))),
      make("div", { class: "home-notices" }, shut, outside, paper),
      list,
      make("div", { class: "home-foot" }, ...more(desk), buttons),
    ],
  };
}

/** Before opening, over noon and after closing: one sentence for the whole hall. */
function showShut(desk, notice) {
  const first = desk.firstToOpen;
  notice.hidden = !first;
  if (!first) return;
  const words = [desk.say("all_closed"), opening(desk, first.opens_at)].filter(Boolean);
  notice.replaceChildren(icon("clock"), make("strong", {}, words.join(" · ")));
}

/** Whoever holds one of these would wait for nothing. */
function showOutside(desk, notice) {
  notice.hidden = !desk.outside.length;
  notice.replaceChildren(icon("info"), make("span", {}, desk.say("slip_not_in_line", { number: desk.outside.join(", ") })));
}

/** A slip that won't come is told before, in small: the number comes all the same. */
function showPaper(desk, line) {
  const words = paperNotice(desk);
  line.hidden = !words;
  line.replaceChildren(...(words ? [icon("info"), make("span", {}, words)] : []));
}

function section(name, title, ...children) {
  return make("section", { class: `home-${name}` }, make("h2", {}, title), ...children);
}

/** What there is besides numbers: how far one is, and who sits where. */
function more(desk) {
  const way = (drawing, name) =>
    make("button", { class: "button", type: "button", onclick: () => desk.walk.go(name) }, icon(drawing), make("span", {}, desk.say(name)));
  return [way("ticket", "progress"), way("people", "people")];
}

/** All of the catalogue, taken along. */
function onPhone(desk) {
  const code = make("img", { src: "/services/qr.svg", alt: "", width: 96, height: 96 });
  const phone = make("p", { class: "home-phone" }, code, make("span", {}, desk.say("on_your_phone")));
  code.addEventListener("error", () => phone.remove());
  return phone;
}

function findButton(desk) {
  return make("button", { class: "button large find-button", type: "button", onclick: () => beginFinding(desk) },
    icon("search"), make("span", {}, desk.say("find")));
}

function missedButton(desk) {
  return make("button", { class: "button large missed-button", type: "button", onclick: () => desk.walk.go("missed") },
    icon("bell"), make("span", {}, desk.say("missed")));
}

function appointmentButton(desk) {
  if (!desk.data.booking.prefix) return null;
  return make("button", { class: "button large missed-button", type: "button", onclick: () => desk.walk.go("appointment") },
    icon("calendar"), make("span", {}, desk.say("appointment")));
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
