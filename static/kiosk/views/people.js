// Who sits at which window now, as the hall's file presents them, and what their offices promise.
import { here, icon, make } from "../../shared/page.js";
import { backButton, heading } from "../cards.js";
import { scroller } from "../scroller.js";

export function showPeople(desk) {
  const cards = make("div", { class: "people", role: "status" });
  const { list, buttons } = scroller(desk, cards, promises(desk));
  look(desk, cards);
  return {
    nodes: [
      make("div", { class: "view-head" }, heading(desk.say("people_title"))),
      list,
      make("div", { class: "actions" }, backButton(desk), buttons),
    ],
  };
}

async function look(desk, cards) {
  try {
    const answer = await fetch("/api/v1/people");
    if (!answer.ok) throw new Error(`people: ${answer.status}`);
    draw(desk, cards, (await answer.json()).windows.filter((window) => window.person));
  } catch (trouble) {
    cards.replaceChildren(make("p", { class: "notice caution" }, desk.say("look_trouble")));
    reportError(trouble);
  }
}

function draw(desk, cards, windows) {
  const none = make("p", { class: "notice" }, desk.say("people_none"));
  cards.replaceChildren(...(windows.length ? windows.map((window) => card(desk, window)) : [none]));
}

function card(desk, { window, name, state, person }) {
  return make("article", { class: "person" },
    make("p", { class: "person-window" }, make("span", { class: "number" }, window), make("span", {}, here(name)),
      state === "paused" && make("span", { class: "tag caution" }, desk.say("away"))),
    make("div", { class: "person-body" },
      person.photo && make("img", { src: person.photo, alt: "", width: 96, height: 128 }),
      make("div", {},
        make("h2", {}, here(person.name)), make("p", {}, here(person.post)),
        person.number && make("p", { class: "soft" }, desk.say("staff_number", { number: person.number })),
        make("p", { class: "badges" }, ...person.badges.map((badge) => make("span", { class: "tag bad" }, here(badge)))))),
    person.promise && make("blockquote", {}, here(person.promise)));
}

function promises(desk) {
  const offices = desk.data.departments.filter((office) => office.promises.length);
  return offices.length > 0 && make("section", { class: "guide-part" }, make("h2", {}, desk.say("promises")),
    ...offices.map((office) => make("div", { class: "promises" }, make("h3", {}, office.name),
      make("ul", {}, ...office.promises.map((words) => make("li", {}, icon("check"), make("span", {}, words)))))));
}
