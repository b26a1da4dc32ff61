// What a month's ratings really say: how sure a share is, what few ratings are worth, against whom, whereto.
import { here, make } from "../shared/page.js";
import { data, find, look, percent, renew, say } from "./desk.js";
import { floorOf, spanBar, sparkline } from "./marks.js";

const AGAIN_AFTER = 5000;
const LEAST_RATINGS = 10;
const TAGS = { above: "good", below: "bad", alike: "" };
const wanted = { period: data.period, by: "window", trend: "day" };
const dayMonth = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", month: "numeric", day: "numeric" });
let later = null;

const isOpen = () => location.hash === "#scores" && !find("reading").hidden;

export function startReading() {
  for (const button of document.querySelectorAll("[data-trend]")) button.addEventListener("click", () => {
    wanted.trend = button.dataset.trend;
    press("trend", wanted.trend);
    load();
  });
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => view(button.dataset.view));
  addEventListener("hashchange", () => isOpen() && load());
}

function view(name) {
  press("view", name);
  find("points").hidden = name !== "points";
  find("reading").hidden = name !== "reading";
  load();
}

/** Shows in a row of buttons which of them is chosen. */
function press(row, name) {
  for (const button of document.querySelectorAll(`[data-${row}]`)) button.setAttribute("aria-pressed", String(button.dataset[row] === name));
}

/** Another month, or clerks instead of windows. */
export function readingOf(period, by) {
  Object.assign(wanted, { period, by });
  load();
}

/** A rating came or was set aside: soon, and many at once. */
export function readingMoved() {
  if (!isOpen() || later) return;
  later = setTimeout(() => {
    later = null;
    load();
  }, AGAIN_AFTER);
}

async function load() {
  if (!isOpen()) return;
  const { period, by, trend } = wanted;
  const table = await look(`/api/v1/scores/reading?period=${encodeURIComponent(period)}&by=${by}&trend=${trend}`);
  if (table && period === wanted.period && by === wanted.by && trend === wanted.trend) show(table);
}

function show(table) {
  find("read-who").textContent = say(`by_${table.by}`);
  const rated = table.rows.filter((row) => row.n);
  const floor = floorOf(rated.map((row) => row.interval[0]));
  find("scale").textContent = rated.length ? say("scale", { low: percent(floor) }) : "";
  renew(find("readings"), table.rows.map((row) => line(table, row, floor)));
}

function line(table, row, floor) {
  const who = row[table.by];
  const known = row.n > 0;
  return make("tr", { "data-reading-of": who },
    make("th", { scope: "row" }, table.by === "window" ? `${who} · ${here(row.name)}` : here(row.name)),
    make("td", { class: "figure" }, String(row.n), row.set_aside > 0 && make("small", {}, say("n_aside", { n: row.set_aside }))),
    make("td", { class: "figure" }, percent(row.response_rate)),
    make("td", {}, known ? share(row, floor) : none("unrated")),
    make("td", { class: "figure" }, ...mean(row)),
    make("td", { class: "figure" }, row.place === null ? none() : say("place_of", { place: row.place, all: row.placed })),
    make("td", {}, against(row)),
    make("td", { class: "trend" }, ...trend(table, row)));
}

const none = (key) => make("span", { class: "unrated" }, key ? say(key) : "–");

function share({ positive, interval }, floor) {
  const [low, high] = interval;
  return make("span", { class: "share-of" }, spanBar(positive, interval, floor),
    make("b", { class: "number" }, percent(positive)),
    make("small", {}, say("between_ends", { low: percent(low), high: percent(high) })));
}

function mean({ shrunken, mean_level: plain }) {
  if (shrunken === null) return [none()];
  return [make("b", { class: "number" }, shrunken.toFixed(2)), make("small", {}, say("plain_mean", { mean: plain.toFixed(2) }))];
}

function against({ against: verdict, alike, n, apart }) {
  if (alike === 0) return none("alone");
  if (verdict === null) return none(n < data.fewest ? "too_few" : "others_too_few");
  const by = [...apart].map((each) => `${each > 0 ? "+" : each < 0 ? "−" : ""}${Math.abs(+(100 * each).toFixed(1))}`);
  return make("span", { class: "verdict" }, make("span", { class: `tag ${TAGS[verdict]}` }, say(`against_${verdict}`)),
    make("small", {}, say("apart", { low: by[0], high: by[1] })));
}

/** Two pieces with enough ratings each are the least that a change can be seen in. */
function trend(table, row) {
  const n = row.points.reduce((sum, point) => sum + point.n, 0);
  if (row.points.length < 4 || n < 2 * LEAST_RATINGS) return [none("no_trend")];
  const told = row.changes.map((change) => say("changed", {
    before: percent(change.before), after: percent(change.after), since: dayMonth.format(new Date(change.first)),
  }));
  const last = table.last < data.today ? table.last : data.today;
  return [sparkline(row, table.first, last),
    told.length ? make("ul", {}, told.map((words) => make("li", {}, words))) : make("small", {}, say("unchanged"))];
}
