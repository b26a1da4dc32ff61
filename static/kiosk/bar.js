// The row at the foot: languages, larger letters, stronger colours, and what to do when the hall can't be heard.
import { setLook } from "/static/shared/page.js";
import { freshen } from "./lines.js";

const LOOKS = { size: "large", contrast: "more" };

export function wireBar(desk) {
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", (click) => changeLanguage(desk, link, click));
  }
  for (const button of document.querySelectorAll("[data-look]")) {
    button.addEventListener("click", () => toggle(button.dataset.look));
  }
  desk.addEventListener("fresh", () => firstLanguage(desk));
  desk.addEventListener("live", () => showLive(desk));
  desk.addEventListener("lines", () => freshen(desk, document.getElementById("content")));
  markLooks();
}

function toggle(look) {
  setLook(look, document.documentElement.dataset[look] ? "" : LOOKS[look]);
  markLooks();
}

export function clearLooks() {
  for (const look of Object.keys(LOOKS)) setLook(look, "");
  markLooks();
}

function markLooks() {
  for (const button of document.querySelectorAll("[data-look]")) {
    button.setAttribute("aria-pressed", String(Boolean(document.documentElement.dataset[button.dataset.look])));
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
