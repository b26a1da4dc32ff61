// Entering what an inspector or supervisor saw: whom, what, how often, with a note and photos; the month's entries beside it.
import { effectOf, enter, entriesOf, photosOf, releases, schemeOn } from "./api.js";
import { complain, data, find, here, make, nameOf, plain, say, signed } from "./desk.js";
import { effectWords } from "./effect.js";
import { showEntries, startEntries } from "./entry_list.js";
import { startImport } from "./importing.js";
import { Chosen, sendPhoto } from "./photos.js";
import { Picker, pointsWords } from "./picker.js";

const PAUSE = 350;
const known = new Map();
const state = { about: "window", asked: 0, timer: null, released: new Map() };
let picker;
let photos;

startEntries(load);
find("month").addEventListener("change", load);
if (data.may_enter) {
  startForm();
  startImport(load);
}
load();

async function load() {
  const told = await entriesOf(find("month").value);
  if (told) showEntries(told.facts, await schemes());
}

/** A month goes by the rules of its first day. */
async function schemeFor(by, day) {
  const key = `${by} ${day.slice(0, 7)}`;
  if (!known.has(key)) known.set(key, await schemeOn(by, `${day.slice(0, 7)}-01`));
  return known.get(key);
}

async function schemes() {
  const day = `${find("month").value}-01`;
  return { window: await schemeFor("window", day), clerk: await schemeFor("clerk", day) };
}

/* the form */

function startForm() {
  picker = new Picker({ list: find("items"), words: find("words"), found: find("found") }, showDetails);
  photos = new Chosen([find("camera"), find("files")], find("chosen"));
  for (const button of document.querySelectorAll("[data-about]")) button.addEventListener("click", () => about(button.dataset.about));
  find("day").addEventListener("change", showItems);
  for (const name of ["subject", "day", "times", "value", "points"]) find(name).addEventListener("input", soonTellEffect);
  find("entry").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  about("window");
  learnReleases();
}

/** What is entered for a released month counts from its next revision on. */
async function learnReleases() {
  const told = await releases();
  state.released = new Map(told?.months.map(({ period, revisions }) => [period, revisions.length]));
}

function about(by) {
  state.about = by;
  for (const button of document.querySelectorAll("[data-about]")) button.setAttribute("aria-pressed", String(button.dataset.about === by));
  const names = by === "window" ? data.windows : data.clerks;
  find("subject").replaceChildren(...Object.keys(names).map((subject) => make("option", { value: subject }, nameOf(by, subject))));
  find("worker").hidden = by !== "window";
  find("who").replaceChildren(make("option", { value: "" }, say("anybody")),
    ...Object.entries(data.clerks).filter(([id]) => id !== data.me).map(([id, name]) => make("option", { value: id }, name)));
  showItems();
}

async function showItems() {
  if (!find("day").value) return;
  const scheme = await schemeFor(state.about, find("day").value);
  find("found").textContent = scheme ? "" : say("no_scheme");
  if (scheme) picker.show(scheme);
  soonTellEffect();
}

function showDetails(item) {
  find("details").hidden = !item;
  find("enter").disabled = !item;
  find("effect").hidden = !item;
  if (!item) return;
  find("picked").replaceChildren(make("b", {}, `${item.code} ${here(item.text)}`), " ", make("span", { class: "soft" }, pointsWords(item)));
  const measured = item.per === "score" || item.per === "percentage_point";
  find("times-field").hidden = measured;
  find("value-field").hidden = !measured;
  find("value").required = measured;
  find("value-name").textContent = say(item.per === "score" ? "value_figure" : "value_rate");
  find("points-field").hidden = item.up_to === null;
  find("points").value = "";
  if (item.up_to !== null) showRange(item);
  find("times").value = "1";
  find("value").value = "";
  soonTellEffect();
}

function showRange({ points, up_to: end }) {
  const [least, most] = [Math.min(points, end), Math.max(points, end)];
  Object.assign(find("points"), { min: least, max: most });
  find("points-range").textContent = say("points_range", { from: signed(points), to: signed(end) });
}

/** What is to be entered, as the API takes it; numbers are text, so that no half point is lost. */
function wish() {
  const { item } = picker;
  const given = { day: find("day").value, item: item.code, times: find("times").value || "1" };
  if (!find("value-field").hidden) given.value = find("value").value;
  if (!find("points-field").hidden && find("points").value) given.points = find("points").value;
  return given;
}

/** The list beside the form shows what was entered. */
function showMonthOf(day) {
  const month = find("month");
  if ([...month.options].some(({ value }) => value === day.slice(0, 7))) month.value = day.slice(0, 7);
}

/* what it would do */

function soonTellEffect() {
  clearTimeout(state.timer);
  if (picker?.item) state.timer = setTimeout(tellEffect, PAUSE);
}

async function tellEffect() {
  const asked = (state.asked += 1);
  const { item } = picker;
  if (!item || !find("entry").checkValidity()) return find("effect-told").replaceChildren(make("p", { class: "soft" }, say("effect_unknown")));
  const told = await effectOf(state.about, find("subject").value, wish());
  if (asked !== state.asked) return;
  const words = told ? effectWords(told, item) : [make("p", { class: "soft" }, say("effect_unknown"))];
  const revision = state.released.get(find("day").value.slice(0, 7));
  if (revision) words.push(make("p", { class: "remark" }, say("effect_released", { n: revision + 1 })));
  find("effect-told").replaceChildren(...words);
}

/* sending */

async function send() {
  const button = find("enter");
  button.disabled = true;
  const subject = find("subject").value;
  const whom = state.about === "window" ? { window: subject, clerk: find("who").value || null } : { clerk: subject, window: null };
  const answer = await enter({ ...wish(), ...whom, scheme: picker.scheme.id, note: find("note").value });
  if (answer) await afterwards(answer.fact);
  button.disabled = !picker.item;
}

async function afterwards(fact) {
  const what = `${picker.item.code} ${here(picker.item.text)}`;
  find("entered").textContent = photos.blobs.length ? say("sending_photos") : "";
  let lost = 0;
  for (const blob of photos.blobs) lost += (await sendPhoto(photosOf(fact.id), blob)) ? 0 : 1;
  find("entered").textContent = lost ? say("entered_without_photos", { n: lost }) : say("entered", { what });
  if (!lost) complain("");
  photos.clear();
  find("note").value = "";
  picker.clear();
  find("words").focus();
  showMonthOf(fact.day);
  await load();
}
