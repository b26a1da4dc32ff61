// Searching by name: big letters on the screen, or a keyboard.
import { icon, make } from "../../shared/page.js";
import { backButton, serviceCard } from "../cards.js";
import { freshen } from "../lines.js";
import { scroller } from "../scroller.js";
import { initials, search } from "../../shared/search.js";

const MOST = 60;
const ROWS = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

export function showFind(desk) {
  const field = make("input", {
    class: "find-field", type: "text", inputmode: "none", autocomplete: "off", spellcheck: "false", maxlength: "40",
    "aria-label": desk.say("find_typed"), placeholder: desk.say("find_hint"), "data-first": true,
  });
  field.value = desk.typed;
  const found = make("div", { class: "services" });
  const said = make("p", { class: "find-said soft", role: "status" });
  const look = () => showFound(desk, field.value, found, said);
  const type = (text) => look((field.value = text));
  field.addEventListener("input", look);
  const { list, buttons } = scroller(desk, said, found);
  look();
  return {
    nodes: [
      make("div", { class: "view-head find-head" }, make("h1", { class: "visually-hidden" }, desk.say("find")),
        make("div", { class: "find-box" }, icon("search"), field)),
      list,
      keyboard(desk, field, type),
      make("div", { class: "actions" }, backButton(desk), buttons),
    ],
  };
}

function showFound(desk, typed, found, said) {
  desk.typed = typed;
  const hits = search(desk.data.services, typed);
  const services = typed.trim() ? hits.slice(0, MOST) : desk.suggested;
  said.textContent = sentence(desk, typed, hits.length);
  found.replaceChildren(...services.map((service) => serviceCard(desk, service, { named: true })));
  found.parentElement?.scrollTo(0, 0);
  freshen(desk, found);
}

function sentence(desk, typed, count) {
  if (!typed.trim()) return desk.say("find_example", example(desk));
  return count ? desk.say("find_found", { count }) : desk.say("find_nothing", { typed: typed.toUpperCase() });
}

/** A service that people know, and the letters to find it by. */
function example(desk) {
  const { name, find } = desk.suggested[0];
  const letters = desk.data.language === "en" ? initials(name) : find.initials;
  return { name, letters: [...letters.toUpperCase().slice(0, 4)].join(" ") };
}

function keyboard(desk, field, type) {
  const letter = (sign) => key({ class: "key" }, sign, () => type(field.value + sign.toLowerCase()));
  const erase = key({ class: "key key-wide", "aria-label": desk.say("erase") }, icon("erase"), () => type(field.value.slice(0, -1)));
  const space = key({ class: "key key-space" }, desk.say("space"), () => type(`${field.value} `));
  const clear = key({ class: "key key-wide" }, desk.say("clear"), () => type(""));
  const rows = ROWS.map((row) => [...row].map(letter));
  rows[2].push(erase);
  rows.push([clear, space]);
  return make("div", { class: "keyboard", role: "group" }, ...rows.map((row) => make("div", { class: "keys" }, ...row)));
}

function key(attributes, content, onclick) {
  return make("button", { ...attributes, type: "button", onclick }, content);
}

export function beginFinding(desk, typed = "") {
  desk.typed = typed;
  desk.walk.go("find");
}

/** Typing on a real keyboard finds, wherever the visitor is looking. */
export function typeToFind(desk, press) {
  const [view] = desk.walk.steps;
  const writes = /^\p{L}$/u.test(press.key) && !press.ctrlKey && !press.altKey && !press.metaKey;
  if (!writes || (view && view !== "find")) return;
  const field = document.querySelector(".find-field");
  if (!view) beginFinding(desk, press.key);
  else if (field) field.focus();
  else desk.typed += press.key; // the field is on its way, and will show it
}
