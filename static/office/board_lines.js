// Lines that are written in Chinese and English: notices and promises of a board.
import { icon, make } from "../shared/page.js";
import { say } from "./desk.js";

const MOST = { notices: 12, promises: 6 };
let changed = () => {};

export function startLines(tell) {
  changed = tell;
  for (const button of document.querySelectorAll("[data-add]")) button.addEventListener("click", () => add(button.dataset.add));
}

const listOf = (name) => document.querySelector(`[data-lines="${name}"]`);

export function showLines(name, lines) {
  listOf(name).replaceChildren(...lines.map((line) => row(name, line)));
  count(name);
}

export function linesOf(name) {
  const words = (item, language) => item.querySelector(`[data-language="${language}"]`).value.trim();
  return [...listOf(name).children].map((item) => ({ zh: words(item, "zh"), en: words(item, "en") }));
}

function add(name) {
  listOf(name).append(row(name, { zh: "", en: "" }));
  listOf(name).lastElementChild.querySelector("input").focus();
  count(name);
  changed();
}

function row(name, line) {
  const item = make("li", {}, field("zh", line.zh), field("en", line.en));
  item.append(make("button", { class: "button quiet", type: "button", onclick: () => away(name, item) }, icon("bin"), make("span", { class: "visually-hidden" })));
  return item;
}

function field(language, value) {
  const input = make("input", { type: "text", maxlength: 120, required: language === "zh", value, "data-language": language, lang: language === "en" ? "en" : "zh-Hans" });
  return make("label", { class: "field stacked" }, make("span", {}, say(`line_${language}`)), input);
}

function away(name, item) {
  item.remove();
  count(name);
  changed();
}

function count(name) {
  [...listOf(name).children].forEach((item, place) => {
    const button = item.querySelector("button");
    button.title = button.querySelector("span").textContent = say("line_away", { n: place + 1 });
  });
  document.querySelector(`[data-add="${name}"]`).disabled = listOf(name).children.length >= MOST[name];
}
