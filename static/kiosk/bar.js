// The row at the foot: languages, what helps to see, reach and hear, and what to do when the hall can't be heard.
import { clearAids, isOn, turn } from "./aids.js";
import { freshen } from "./lines.js";

export function wireBar(desk) {
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", (click) => changeLanguage(desk, link, click));
  }
  for (const button of document.querySelectorAll("[data-aid]")) {
    button.addEventListener("click", () => turn(button.dataset.aid));
  }
  desk.addEventListener("fresh", () => leave(desk));
  desk.addEventListener("live", () => showLive(desk));
  desk.addEventListener("lines", () => freshen(desk, document.getElementById("content")));
  addEventListener("aid", markAids);
  markAids();
}

function leave(desk) {
  clearAids();
  firstLanguage(desk);
}

function markAids() {
  for (const button of document.querySelectorAll("[data-aid]")) {
    button.setAttribute("aria-pressed", String(isOn(button.dataset.aid)));
  }
}

async function changeLanguage(desk, link, click) {
  click.preventDefault();
  if (link.getAttribute("aria-current") === "true") return;
  if (!(await turnTo(link))) showWord(desk.say("language_later"));
}

async function firstLanguage(desk) {
  const { language, hall } = desk.data;
  if (language === hall.first_language) return;
  await turnTo(document.querySelector(`[data-language="${hall.first_language}"]`));
}

/** Loads the page in another language, but never leaves it for a page that doesn't come. */
async function turnTo(link) {
  const there = await fetch(link.href).catch(() => null);
  if (there?.ok) location.assign(link.href.split("#")[0] + location.hash);
  return Boolean(there?.ok);
}

function showLive(desk) {
  const banner = document.querySelector("[data-live]");
  banner.hidden = desk.live !== false;
  const sentence = desk.problem && !desk.live ? "not_paired" : desk.reserve.ready ? "reserve_banner" : "not_live";
  banner.querySelector("span").textContent = desk.say(sentence);
  document.body.classList.toggle("is-not-live", desk.live === false);
}

function showWord(sentence) {
  const word = document.querySelector("[data-word]");
  word.textContent = sentence;
  word.hidden = false;
  setTimeout(() => { word.hidden = true; }, 6000);
}
